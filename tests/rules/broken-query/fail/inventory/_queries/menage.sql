DELETE FROM assets;
