"""A supporting agreement: its versions as those of the SLAs that it supports."""

from servicebook.pages.views import sla

SHOWN = sla.SHOWN
view = sla.view
