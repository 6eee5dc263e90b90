select f.key from few_{nr} f
