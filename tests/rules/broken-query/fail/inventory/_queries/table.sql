SELECT * FROM equipements;
