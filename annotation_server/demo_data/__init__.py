"""What `make demo` shows: two projects with people in them.

people.py       who can sign in, and as what
photographs.py  the photographs that installed libraries ship as samples, with alt-texts as a web page has them
scenes.py       rendered pictures whose truth is known, made by the captioner's own command
"""
