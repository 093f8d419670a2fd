"""The same work as the relay, as a web developer would write it: python-socketio over SQLAlchemy and SQLite.

A message is a row with its original; its translation is an update of that row. Both are committed before
they are acknowledged and passed on to the room. Started by `cargo xtask bench relay` with a database,
a port, and `wal` for the journal mode that SQLite does not take by itself.
"""

import sys

import socketio
import uvicorn
from sqlalchemy import String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

DATABASE, PORT, MODE = sys.argv[1], int(sys.argv[2]), sys.argv[3]


class Base(DeclarativeBase):
    pass


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(String(40), index=True)
    original: Mapped[str]
    translation: Mapped[str | None]


engine = create_engine(f"sqlite:///{DATABASE}")


@event.listens_for(engine, "connect")
def prepare(connection, _):
    if MODE == "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    # SQLite's own default, said here because it is what makes the two alike: durable at every commit.
    connection.execute("PRAGMA synchronous = FULL")


Base.metadata.create_all(engine)
server = socketio.AsyncServer(async_mode="asgi")


@server.event
async def connect(sid, _environ, auth):
    await server.enter_room(sid, auth["room"])


@server.event
async def say(_sid, data):
    with Session(engine) as session:
        message = Message(room=data["room"], original=data["text"])
        session.add(message)
        session.commit()
        number = message.id
    await server.emit("said", {"id": number, "at": data["at"], "text": data["text"]}, room=data["room"])
    return number


@server.event
async def translate(_sid, data):
    with Session(engine) as session:
        session.get(Message, data["id"]).translation = data["text"]
        session.commit()
    await server.emit("translated", data, room=data["room"])
    return data["id"]


if __name__ == "__main__":
    uvicorn.run(socketio.ASGIApp(server), host="127.0.0.1", port=PORT, log_level="warning")
