"""The rules of the model: short functions of plain arithmetic, one text for every backend."""
