"""The parts that the screens are made of, one a file. They draw what they are given and know no session."""
