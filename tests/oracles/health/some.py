"""Keeps the first few answers of each kind and health, those of kinds that Kubernetes itself has more."""
import collections
import json
import sys

seen = collections.Counter()
for line in sys.stdin:
    answer = json.loads(line)
    head = answer["object"]["apiVersion"], answer["object"]["kind"], answer["health"]
    seen[head] += 1
    if seen[head] <= (3 if "." in head[0].replace(".k8s.io", "") else 25):
        sys.stdout.write(line)
