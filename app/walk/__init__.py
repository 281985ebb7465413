"""The main job on one notice, from file to closed, as the people of the demonstration and on a throw-away database."""

from app.walk.journey import walk

__all__ = ["walk"]
