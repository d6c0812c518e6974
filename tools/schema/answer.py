"""What celldrift cannot explain of a live object, asked of the program defaults_answer."""

import json
import subprocess


class Answer:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, stated, live):
        """Texts, one for each thing; none when all is explained."""
        self.process.stdin.write(json.dumps({"stated": stated, "live": live}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
