"""A small FHIR R4 server for tests: metadata, search by type, and transactions with conditional creates and updates.

    python fhir_server.py TOKEN

Prints its port. It keeps resources in memory and holds transactions to what R4 says of them (3.1.0.11): all or
nothing, references by fullUrl replaced, `ifNoneExist` and `PUT Type?identifier=…` matched by identifier.
"""

import copy
import json
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

TOKEN = sys.argv[1]
STORE: dict[str, dict[str, dict]] = {}


class Refused(Exception):
    pass


def matches(store, kind, query):
    (token,) = parse_qs(query, strict_parsing=True)["identifier"]
    system, _, value = token.partition("|")
    found = []
    for key, resource in store.get(kind, {}).items():
        identifiers = resource.get("identifier", [])
        if any(one.get("system", "") == system and one.get("value") == value for one in identifiers):
            found.append(key)
    if len(found) > 1:
        raise Refused(f"{len(found)} matches")
    return found[0] if found else None


def place(store, entry):
    """Where an entry goes: id, and whether it is written, and whether it is new."""
    resource, request = entry["resource"], entry["request"]
    kind = resource["resourceType"]
    if request["method"] == "POST":
        assert request["url"] == kind, request
        known = matches(store, kind, request["ifNoneExist"])
        return known or str(uuid.uuid4()), known is None, known is None
    assert request["method"] == "PUT", request
    if "?" in request["url"]:
        url_kind, query = request["url"].split("?")
        known = matches(store, url_kind, query)
        return known or str(uuid.uuid4()), True, known is None
    url_kind, key = request["url"].split("/")
    assert (url_kind, key) == (kind, resource["id"])
    return key, True, key not in store.get(kind, {})


def linked(value, links):
    if isinstance(value, dict):
        return {k: links.get(v, v) if k == "reference" else linked(v, links) for k, v in value.items()}
    if isinstance(value, list):
        return [linked(one, links) for one in value]
    return value


def transaction(bundle):
    if bundle.get("resourceType") != "Bundle" or bundle.get("type") != "transaction":
        raise Refused("not a transaction")
    store = copy.deepcopy(STORE)
    places = [place(store, entry) for entry in bundle["entry"]]
    links = {
        entry["fullUrl"]: f'{entry["resource"]["resourceType"]}/{key}'
        for entry, (key, _, _) in zip(bundle["entry"], places)
    }
    answers = []
    for entry, (key, written, new) in zip(bundle["entry"], places):
        resource = linked(entry["resource"], links)
        if "urn:uuid:" in json.dumps([v for k, v in resource.items() if k == "subject"]):
            raise Refused("a reference leads nowhere")
        if written:
            store.setdefault(resource["resourceType"], {})[key] = resource | {"id": key}
        status = "201 Created" if new else "200 OK"
        answers.append({"response": {"status": status, "location": links[entry["fullUrl"]] + "/_history/1"}})
    STORE.clear()
    STORE.update(store)
    return {"resourceType": "Bundle", "type": "transaction-response", "entry": answers}


class Handler(BaseHTTPRequestHandler):
    def answer(self, status, body):
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, code, words):
        issue = {"severity": "error", "code": code, "diagnostics": words}
        self.answer(status, {"resourceType": "OperationOutcome", "issue": [issue]})

    def allowed(self):
        if self.headers.get("Authorization") == f"Bearer {TOKEN}":
            return True
        self.refuse(401, "login", "another token, please")
        return False

    def do_GET(self):
        if not self.allowed():
            return
        kind = self.path.removeprefix("/fhir/")
        if kind == "metadata":
            rest = [{"mode": "server", "interaction": [{"code": "transaction"}]}]
            statement = {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": rest}
            return self.answer(200, statement | {"software": {"name": "test"}})
        found = [{"resource": one} for one in STORE.get(kind, {}).values()]
        self.answer(200, {"resourceType": "Bundle", "type": "searchset", "entry": found})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.allowed():
            return
        if self.path != "/fhir" or self.headers["Content-Type"] != "application/fhir+json":
            return self.refuse(404, "not-found", "nothing here")
        try:
            self.answer(200, transaction(json.loads(body)))
        except (Refused, AssertionError, KeyError, ValueError) as error:
            self.refuse(422, "processing", repr(error))

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
