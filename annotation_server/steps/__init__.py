"""The loop: the writes of one noun in a folder, one verb a function, one transaction each."""
