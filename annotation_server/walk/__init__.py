"""The whole loop walked by scripted people over HTTP: the product's smoke test (`manage.py walk_the_loop`).

client.py      one signed-in person, talking to the API as a program does
annotator.py   how a scripted person edits: towards the truth, with mistakes that grow rarer
loop.py        three rounds: launch, annotate, review, close, wait for the captioner
table.py       what happened, per round
"""
