"""The rules of the house as functions: each looks at something and names every breach it finds."""
