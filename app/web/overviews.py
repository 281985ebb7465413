"""Pages of overviews."""

from flask import Blueprint

bp = Blueprint("overviews", __name__)
