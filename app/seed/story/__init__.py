"""The requests of the demonstration, by municipality; facts and people are invented, notices retold in own words."""

from app.seed.story import italy, kamenitsa, novi_izvor, topolovo, zelen_bryag

CASES = (*zelen_bryag.CASES, *kamenitsa.CASES, *topolovo.CASES, *novi_izvor.CASES, *italy.CASES)
