create database annals
