"""`make pictures`, second step: few colours are enough for a screen, and a quarter of the bytes."""

from pathlib import Path

from PIL import Image

COLOURS = 128

for path in sorted((Path(__file__).parent / "handbook" / "pictures").glob("*.png")):
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
