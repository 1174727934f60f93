"""As much of CloudFormation, S3 and STS as the SAM CLI talks to before somebody confirms a change set."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

BUCKET = "artifacts"
NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/"

MANAGED_STACK = f"""<Stacks><member><StackName>aws-sam-cli-managed-default</StackName>
<StackId>arn:aws:cloudformation:eu-central-1:000000000000:stack/aws-sam-cli-managed-default/1</StackId>
<StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>
<Tags><member><Key>ManagedStackSource</Key><Value>AwsSamCli</Value></member></Tags>
<Outputs><member><OutputKey>SourceBucket</OutputKey><OutputValue>{BUCKET}</OutputValue></member></Outputs>
</member></Stacks>"""

ADDITION = """<Status>CREATE_COMPLETE</Status><Changes><member><Type>Resource</Type><ResourceChange><Action>Add</Action>
<LogicalResourceId>StateTable</LogicalResourceId><ResourceType>AWS::DynamoDB::Table</ResourceType>
</ResourceChange></member></Changes>"""


class Cloud:
    """Listens on loopback while it is entered.

    objects: what was put into the bucket, by key. change_sets: what each was asked to be.
    """

    def __enter__(self):
        self.objects = {}
        self.change_sets = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *request: Handler(self, *request))
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, action, asked):
        """What CloudFormation or STS says to a call; an error where it is text and no XML."""
        match action:
            case "DescribeStacks" if asked["StackName"].startswith("aws-sam-cli-managed"):
                return MANAGED_STACK
            case "DescribeStacks":
                return f"Stack with id {asked['StackName']} does not exist"
            case "CreateChangeSet":
                self.change_sets.append(ChangeSet(asked, self.objects))
                return "<Id>arn:aws:cloudformation:eu-central-1:000000000000:changeSet/1/1</Id><StackId>1</StackId>"
            case "DescribeChangeSet":
                return ADDITION
            case "GetCallerIdentity":
                return "<Account>000000000000</Account>"
            case _:
                return f"{action} is not known here"


class ChangeSet:
    """parameters: by name. template: its text."""

    def __init__(self, asked, objects):
        self.stack = asked["StackName"]
        members = [name.removesuffix("ParameterKey") for name in asked if name.endswith(".ParameterKey")]
        self.parameters = {asked[f"{member}ParameterKey"]: asked.get(f"{member}ParameterValue") for member in members}
        key = urlsplit(asked["TemplateURL"]).path.removeprefix(f"/{BUCKET}/")
        self.template = objects[key].decode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, cloud, *request):
        self.cloud = cloud
        super().__init__(*request)

    def do_HEAD(self):
        self.reply(200 if self.key() in self.cloud.objects else 404)

    def do_GET(self):
        self.reply(200 if self.key() in self.cloud.objects else 404)

    def do_PUT(self):
        self.cloud.objects[self.key()] = self.body()
        self.reply(200)

    def do_POST(self):
        asked = {name: values[0] for name, values in parse_qs(self.body().decode(), keep_blank_values=True).items()}
        action = asked["Action"]
        said = self.cloud.answer(action, asked)
        if said.startswith("<"):
            self.reply(200, f"<{action}Response xmlns='{NAMESPACE}'><{action}Result>{said}</{action}Result></{action}Response>")
        else:
            error = f"<Error><Type>Sender</Type><Code>ValidationError</Code><Message>{said}</Message></Error>"
            self.reply(400, f"<ErrorResponse xmlns='{NAMESPACE}'>{error}<RequestId>1</RequestId></ErrorResponse>")

    def key(self):
        return urlsplit(self.path).path.removeprefix(f"/{BUCKET}/")

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def reply(self, status, text=""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass
