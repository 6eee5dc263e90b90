select moved from vault.destructions
