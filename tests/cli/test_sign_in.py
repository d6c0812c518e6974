"""Ways to sign in to a cell that a cluster Secret names: what is sent, and what is not done unless allowed."""

import base64
import json
import urllib.parse

from case import Case
from fleet import SECRET
from recording_server import RecordingServer

SECRET_OBJECT = """\
apiVersion: v1
kind: Secret
metadata: {{name: cluster-{name}, labels: {{argocd.argoproj.io/secret-type: cluster}}}}
stringData:
  name: {name}
  server: '{server}'
  config: '{config}'
---
"""
AWS = {"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": SECRET}
STS = """\
<{action}Response><{action}Result><Credentials><AccessKeyId>ASIAROLE</AccessKeyId>
<SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken></Credentials></{action}Result>
</{action}Response>"""


def api_server():
    return RecordingServer(lambda _question: (404, "{}"))


def sts(status=200):
    def answer(question):
        parameters = question.body or question.path.partition("?")[2]
        action = dict(urllib.parse.parse_qsl(parameters))["Action"]
        refused = f"<ErrorResponse><Error><Code>AccessDenied</Code><Message>{SECRET}</Message></Error></ErrorResponse>"
        return status, STS.format(action=action) if status == 200 else refused

    return RecordingServer(answer, "text/xml")


def url_of(authorization):
    """The question to AWS that a token for EKS holds."""
    token = authorization.removeprefix("Bearer k8s-aws-v1.")
    url = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    return url, dict(urllib.parse.parse_qsl(url.partition("?")[2]))


class SignIn(Case):
    def cells(self, config, *arguments, server, environment=None):
        text = SECRET_OBJECT.format(name="cell", server=server, config=json.dumps(config))
        secrets = self.fleet.write("secrets.yaml", text, folder=self.fleet.folder)
        run = self.fleet.run(
            "cells", "--cluster-secrets", secrets, "-o", "json", "--timeout", "5s", *arguments, environment=environment
        )
        [cell] = [cell for cell in json.loads(run.stdout) if cell["name"] == "cell"]
        self.assertNotIn(SECRET, run.stdout + run.stderr)
        return cell

    def test_a_command_of_a_file_is_run_only_when_that_is_allowed(self):
        witness = self.fleet.folder / "witness"
        plugin = self.fleet.write("plugin", f"#!/bin/sh\ntouch {witness}\n", folder=self.fleet.folder)
        plugin.chmod(0o755)
        config = {"execProviderConfig": {"command": str(plugin), "apiVersion": "client.authentication.k8s.io/v1"}}
        with api_server() as server:
            cell = self.cells(config, server=server.address)
            self.assertIn("--allow-exec", cell["reason"])
            self.assertFalse(witness.exists())
            cell = self.cells(config, server=server.address, environment={"CELLDRIFT_ALLOW_EXEC": "true"})
            self.assertTrue(witness.exists())
            self.assertIn("not JSON", cell["reason"])
            self.assertEqual([], server.asked)

    def test_a_configuration_file_cannot_allow_it(self):
        config = self.fleet.write("celldrift.yaml", "allowExec: true\n", folder=self.fleet.folder)
        self.assert_refused(self.fleet.run("cells", "--config", config), "allowExec")

    def test_aws_credentials_are_used_only_when_that_is_allowed(self):
        config = {"awsAuthConfig": {"clusterName": "prod"}}
        with api_server() as server:
            cell = self.cells(config, server=server.address, environment=AWS)
            self.assertIn("--allow-exec", cell["reason"])
            self.assertEqual([], server.asked)
            self.cells(config, "--allow-exec", server=server.address, environment=AWS)
            [authorization] = server.authorizations
        url, query = url_of(authorization)
        self.assertTrue(url.startswith("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&"), url)
        self.assertEqual("host;x-k8s-aws-id", query["X-Amz-SignedHeaders"])
        self.assertRegex(query["X-Amz-Credential"], r"^AKIDEXAMPLE/\d{8}/eu-west-1/sts/aws4_request$")

    def test_an_aws_role_is_assumed(self):
        config = {"awsAuthConfig": {"clusterName": "prod", "roleARN": "arn:aws:iam::1:role/reader"}}
        with api_server() as server, sts() as service:
            environment = {**AWS, "AWS_ENDPOINT_URL_STS": service.address}
            self.cells(config, "--allow-exec", server=server.address, environment=environment)
            [authorization] = server.authorizations
        [asked] = service.asked
        self.assertEqual("GET", asked.method)
        self.assertIn("RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Freader", asked.path)
        _url, query = url_of(authorization)
        self.assertTrue(query["X-Amz-Credential"].startswith("ASIAROLE/"))
        self.assertEqual("role-token", query["X-Amz-Security-Token"])

    def test_an_aws_web_identity(self):
        token = self.fleet.write("token", f"{SECRET}\n", folder=self.fleet.folder)
        config = {"awsAuthConfig": {"clusterName": "prod"}}
        with api_server() as server, sts() as service:
            environment = {
                "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL_STS": service.address,
                "AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod",
            }
            self.cells(config, "--allow-exec", server=server.address, environment=environment)
            self.assertEqual(1, len(server.authorizations))
        [asked] = service.asked
        self.assertEqual(("POST", "/"), (asked.method, asked.path))
        self.assertEqual("application/x-www-form-urlencoded", asked.headers["Content-Type"])
        self.assertEqual(SECRET, dict(urllib.parse.parse_qsl(asked.body))["WebIdentityToken"])

    def test_aws_refuses(self):
        config = {"awsAuthConfig": {"clusterName": "prod", "roleARN": "arn:x"}}
        with api_server() as server, sts(403) as service:
            environment = {**AWS, "AWS_ENDPOINT_URL_STS": service.address}
            cell = self.cells(config, "--allow-exec", server=server.address, environment=environment)
            self.assertIn("EKS cluster prod", cell["reason"])
            self.assertIn("AccessDenied", cell["reason"])
            self.assertEqual([], server.asked)

    def test_basic_is_sent(self):
        with api_server() as server:
            self.cells({"username": "u", "password": "p"}, server=server.address)
            self.assertEqual({"Basic " + base64.b64encode(b"u:p").decode()}, server.authorizations)
