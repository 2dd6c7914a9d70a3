"""Lambda functions, their statements and their URLs."""

import http.server
import io
import json
import threading
import time
import zipfile
from typing import Any

from .harness import EmulatorTest, covers


def package() -> bytes:
    """A deployment package."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("handler.py", "")
    return content.getvalue()


class Endpoint:
    """A process of ours in which functions run: answers what it was sent."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.received.append(json.loads(body))
                answer = json.dumps({"path": self.path, "event": outer.received[-1]}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/2015-03-31/functions/{{name}}/invocations"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
        self.server.server_close()

    def wait(self, count: int = 1) -> list[Any]:
        """What has arrived, once there are `count` of them."""
        limit = time.monotonic() + 5
        while len(self.received) < count and time.monotonic() < limit:
            time.sleep(0.01)
        return self.received


class FunctionTest(EmulatorTest):
    """Helpers for functions."""

    def setUp(self) -> None:
        super().setUp()
        self.functions = self.aws.client("lambda")
        self.name = f"fn-{self.aws.number}"
        self.arn = self.functions.create_function(
            FunctionName=self.name, Runtime="python3.12", Role=self.aws.role(), Handler="handler.run",
            Code={"ZipFile": package()}, Publish=True)["FunctionArn"]
        self.functions.create_alias(FunctionName=self.name, Name="live", FunctionVersion="1")

    def connect(self) -> Endpoint:
        """Runs the function in this process."""
        endpoint = Endpoint()
        self.addCleanup(endpoint.close)
        self.aws.emulator.control("POST", "/rk/lambda", {self.name: endpoint.url})
        return endpoint

    def publish(self, **more: Any) -> Any:
        """Lets anyone call the URL."""
        return self.functions.add_permission(
            FunctionName=self.name, StatementId="public", Action="lambda:InvokeFunctionUrl", Principal="*",
            FunctionUrlAuthType="NONE", **more)

    def statements(self, **more: Any) -> list[Any]:
        """The resource policy."""
        return json.loads(self.functions.get_policy(FunctionName=self.name, **more)["Policy"])["Statement"]


class Invocation(FunctionTest):
    """Running functions."""

    @covers("lambda.invoke")
    def test_a_function_runs_where_it_was_said_to(self) -> None:
        endpoint = self.connect()
        answer = json.loads(self.functions.invoke(FunctionName=self.name, Payload=b'{"a":1}')["Payload"].read())
        self.assertEqual({"a": 1}, answer["event"])
        self.assertIn(self.name, answer["path"])
        self.functions.invoke(FunctionName=self.name, InvocationType="Event", Payload=b'{"a":2}')
        self.assertEqual([{"a": 1}, {"a": 2}], endpoint.wait(2))

    @covers("lambda.any-payload")
    def test_a_payload_need_not_be_an_object(self) -> None:
        self.connect()
        for payload in (b'"text"', b"[1,2]", b"7"):
            self.assertCode("OK", lambda p=payload: self.functions.invoke(FunctionName=self.name, Payload=p))

    @covers("lambda.invoke")
    def test_concurrency_zero_stops_a_function(self) -> None:
        self.connect()
        self.functions.put_function_concurrency(FunctionName=self.name, ReservedConcurrentExecutions=0)
        self.assertCode("TooManyRequestsException", lambda: self.functions.invoke(FunctionName=self.name))
        self.functions.delete_function_concurrency(FunctionName=self.name)
        self.assertCode("OK", lambda: self.functions.invoke(FunctionName=self.name))


class Permissions(FunctionTest):
    """The resource policy."""

    @covers("lambda.permissions")
    def test_a_statement_id_is_given_once(self) -> None:
        self.publish()
        self.assertCode("ResourceConflictException", self.publish)

    @covers("lambda.permissions")
    def test_the_url_conditions_stand_in_the_condition(self) -> None:
        self.publish()
        self.functions.add_permission(FunctionName=self.name, StatementId="invoke", Action="lambda:InvokeFunction",
                                      Principal="*", InvokedViaFunctionUrl=True)
        url, direct = self.statements()
        self.assertEqual({"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}, url["Condition"])
        self.assertEqual({"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}, direct["Condition"])
        self.assertEqual(["*", "*"], [url["Principal"], direct["Principal"]])

    @covers("lambda.permissions")
    def test_each_qualifier_has_a_policy_of_its_own(self) -> None:
        self.publish(Qualifier="live")
        self.assertCode("ResourceNotFoundException", lambda: self.functions.get_policy(FunctionName=self.name))
        self.assertTrue(self.statements(Qualifier="live")[0]["Resource"].endswith(f":{self.name}:live"))
        remove = self.functions.remove_permission
        self.assertCode("ResourceNotFoundException", lambda: remove(FunctionName=self.name, StatementId="public"))
        remove(FunctionName=self.name, StatementId="public", Qualifier="live")
        self.assertCode("ResourceNotFoundException",
                        lambda: self.functions.get_policy(FunctionName=self.name, Qualifier="live"))


class Urls(FunctionTest):
    """Function URLs."""

    @covers("lambda.urls")
    def test_urls_are_listed_and_deleted_once(self) -> None:
        create = self.functions.create_function_url_config
        create(FunctionName=self.name, AuthType="NONE")
        create(FunctionName=self.name, AuthType="AWS_IAM", Qualifier="live")
        self.assertCode("ResourceConflictException", lambda: create(FunctionName=self.name, AuthType="NONE"))
        listed = self.functions.list_function_url_configs(FunctionName=self.name)["FunctionUrlConfigs"]
        self.assertEqual({"NONE", "AWS_IAM"}, {url["AuthType"] for url in listed})
        delete = self.functions.delete_function_url_config
        delete(FunctionName=self.name)
        self.assertCode("ResourceNotFoundException", lambda: delete(FunctionName=self.name))
        self.assertCode("OK", lambda: delete(FunctionName=self.name, Qualifier="live"))

    def test_statements_outlive_the_url(self) -> None:
        self.functions.create_function_url_config(FunctionName=self.name, AuthType="NONE", Qualifier="live")
        self.publish(Qualifier="live")
        self.functions.delete_function_url_config(FunctionName=self.name, Qualifier="live")
        self.assertEqual(1, len(self.statements(Qualifier="live")))

    @covers("lambda.paging")
    def test_functions_come_in_pages(self) -> None:
        self.functions.create_function(FunctionName="other", Runtime="python3.12", Handler="handler.run",
                                       Role=f"arn:aws:iam::{self.aws.number}:role/role", Code={"ZipFile": package()})
        pages = self.functions.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual([1, 1], [len(page["Functions"]) for page in pages])
