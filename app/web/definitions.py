"""Pages of definitions."""

from flask import Blueprint

bp = Blueprint("definitions", __name__)
