// What a well-behaved client sees, over loopback.
#include "server/http/server.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "tests/server/raw_client.h"

namespace server::http::testing {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::string_view kGet = "GET /a%20b?x=1 HTTP/1.1\r\nHost: t\r\n\r\n";

Handler always(Response response) {
  return [response](const Request&) { return response; };
}

TEST(HttpServer, HandsOverTheRequestAsReceived) {
  LiveServer server;

  const auto reply = server.ask(
      "POST /a%20b?x=1 HTTP/1.1\r\nHost: t\r\nX-B:  two \r\nx-a: 1\r\nContent-Length: "
      "5\r\n\r\nhello");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "POST /a%20b?x=1\nHost: t\nX-B: two\nx-a: 1\nContent-Length: 5\n\nhello");
}

TEST(HttpServer, TellsTheRemoteAddress) {
  LiveServer server({}, [](const Request& request) {
    Response response;
    response.body = request.remote_address;
    return response;
  });

  EXPECT_EQ(server.ask(kGet).body, "127.0.0.1");
}

TEST(HttpServer, DecodesChunksAndDropsTrailers) {
  LiveServer server;

  const auto reply = server.ask(
      "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;note=\"x\"\r\nhel\r\n00002\r\nlo\r\n0\r\nX-Admin: yes\r\n\r\n");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "POST /?\nHost: t\nTransfer-Encoding: chunked\n\nhello");
}

TEST(HttpServer, KeepsTheConnectionForTheNextRequest) {
  LiveServer server;
  RawClient client(server.port());

  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(kGet));
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_TRUE(reply.has_header("Connection: keep-alive\r\n"));
  }
  EXPECT_EQ(server->open_connections(), 1U);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  LiveServer server;
  RawClient client(server.port());

  client.send(
      "POST /1 HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\na"
      "POST /2 HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n"
      "GET /3 HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(client.read_reply().body, "POST /1?\nHost: t\nContent-Length: 1\n\na");
  EXPECT_EQ(client.read_reply().body, "POST /2?\nHost: t\nTransfer-Encoding: chunked\n\nb");
  EXPECT_EQ(client.read_reply().body, "GET /3?\nHost: t\nConnection: close\n\n");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServer, ReadsARequestThatArrivesByteByByte) {
  LiveServer server;
  RawClient client(server.port());

  for (const char c :
       std::string("\r\nPOST /s HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n"
                   "\r\n2;x\r\nok\r\n0;y\r\nT: u\r\n\r\n")) {
    ASSERT_TRUE(client.send({&c, 1}));
  }

  EXPECT_EQ(client.read_reply().body, "POST /s?\nHost: t\nTransfer-Encoding: chunked\n\nok");
}

TEST(HttpServer, ClosesAfterHttp10UnlessAskedToStay) {
  LiveServer server;

  RawClient old(server.port());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read_reply().status, 200);
  EXPECT_EQ(old.read_to_end(), "");

  RawClient staying(server.port());
  staying.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(staying.read_reply().has_header("Connection: keep-alive\r\n"));
}

TEST(HttpServer, AnswersAClientThatHasFinishedSending) {
  LiveServer server;
  RawClient client(server.port());

  client.send(kGet);
  client.finish_sending();

  EXPECT_EQ(client.read_reply().status, 200);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServer, AnswersHeadWithTheHeaderAlone) {
  LiveServer server;
  RawClient client(server.port());

  client.send("HEAD /h HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto head = client.read_reply("HEAD");
  client.send(kGet);
  const auto next = client.read_reply();

  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.has_header("Content-Length: 18\r\n")) << head.head;
  EXPECT_EQ(next.body.substr(0, 4), "GET ");
}

TEST(HttpServer, SendsNoBodyWith204) {
  LiveServer server({}, always({.status = 204, .body = "never"}));
  RawClient client(server.port());

  client.send(kGet);
  const auto first = client.read_reply();
  client.send(kGet);

  EXPECT_EQ(first.status, 204);
  EXPECT_FALSE(first.has_header("Content-Length"));
  EXPECT_EQ(client.read_reply().status, 204);
}

TEST(HttpServer, ContinuesAClientThatWaitsBeforeItsBody) {
  LiveServer server;
  RawClient client(server.port());

  client.send("POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_reply().head, "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");

  EXPECT_EQ(client.read_reply().status, 200);
}

TEST(HttpServer, DoesNotInviteABodyThatItWouldRefuse) {
  LiveServer server({.body_bytes_max = 10});
  EXPECT_EQ(server
                .ask("POST / HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\n"
                     "Content-Length: 11\r\n\r\n")
                .status,
            413);
  EXPECT_EQ(server.ask("GET / HTTP/1.1\r\nHost: t\r\nExpect: wonders\r\n\r\n").status, 417);
}

TEST(HttpServer, TurnsAHandlersExceptionInto500WithoutDetails) {
  LiveServer server({}, [](const Request& request) -> Response {
    if (request.path == "/odd") throw 7;
    throw std::runtime_error("secret table name");
  });
  for (const std::string path : {"/", "/odd"}) {
    RawClient client(server.port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto all = client.read_to_end();

    ASSERT_TRUE(all.has_value());
    EXPECT_EQ(all->substr(0, 12), "HTTP/1.1 500");
    EXPECT_EQ(all->find("secret"), std::string::npos);
  }
}

TEST(HttpServer, TurnsAResponseThatWouldSplitInto500) {
  LiveServer server({}, always({.headers = {{"Location", "/\r\nX: y"}}, .body = "b"}));
  const auto reply = server.ask(kGet);
  EXPECT_EQ(reply.status, 500);
  EXPECT_FALSE(reply.has_header("X: y"));
}

TEST(HttpServer, DropsWithoutAByte) {
  LiveServer server({}, always({.body = "b", .wire = Wire::drop}));
  RawClient client(server.port());

  client.send(kGet);

  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpServer, TruncatesHalfwayThroughThePromisedBody) {
  LiveServer server({}, always({.body = "0123456789", .wire = Wire::truncated}));
  RawClient client(server.port());

  client.send(kGet);
  const auto all = client.read_to_end().value_or("");

  EXPECT_NE(all.find("Content-Length: 10\r\n"), std::string::npos);
  EXPECT_EQ(all.substr(all.find("\r\n\r\n") + 4), "01234");
}

TEST(HttpServer, WritesRawBytesAsTheyAre) {
  LiveServer server({}, always({.body = "not HTTP \x01 at all", .wire = Wire::raw}));
  RawClient client(server.port());

  client.send(kGet);

  EXPECT_EQ(client.read_to_end(), "not HTTP \x01 at all");
}

TEST(HttpServer, DelaysManyAnswersAtOnceWithoutHoldingItsOnlyThread) {
  LiveServer server(
      {},
      [](const Request& request) {
        Response response;
        if (request.path == "/late") response.delay = 500ms;
        return response;
      },
      1);
  std::vector<std::unique_ptr<RawClient>> late;
  const auto begun = Steady::now();
  for (int i = 0; i < 20; ++i) {
    late.push_back(std::make_unique<RawClient>(server.port()));
    late.back()->send("GET /late HTTP/1.1\r\nHost: t\r\n\r\n");
  }

  EXPECT_EQ(server.ask("GET / HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
  EXPECT_LT(Steady::now() - begun, 500ms);
  for (const auto& client : late) EXPECT_EQ(client->read_reply().status, 200);
  EXPECT_GE(Steady::now() - begun, 500ms);
  EXPECT_LT(Steady::now() - begun, 20 * 500ms);
}

TEST(HttpServer, CallsHandlersFromAllItsThreadsAtOnce) {
  std::promise<void> second_came;
  auto came = second_came.get_future().share();
  LiveServer server({}, [&](const Request& request) {
    if (request.path == "/2") second_came.set_value();
    Response response;
    response.status = came.wait_for(kPatience) == std::future_status::ready ? 200 : 504;
    return response;
  });
  RawClient first(server.port());
  first.send("GET /1 HTTP/1.1\r\nHost: t\r\n\r\n");

  EXPECT_EQ(server.ask("GET /2 HTTP/1.1\r\nHost: t\r\n\r\n").status, 200);
  EXPECT_EQ(first.read_reply().status, 200);
}

TEST(HttpServer, CarriesLargeBodiesBothWays) {
  LiveServer server;
  const std::string body(4 * 1024 * 1024, 'x');

  const auto reply =
      server.ask("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n\r\n" + body);

  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.body.ends_with(body));
}

TEST(HttpServer, SaysWhyItCannotListen) {
  LiveServer taken;
  HttpServer again({.address = "127.0.0.1", .port = taken.port()}, echo);
  HttpServer nowhere({.address = "not an address"}, echo);

  EXPECT_THROW(again.start(), std::runtime_error);
  EXPECT_THROW(nowhere.start(), std::runtime_error);
}

}  // namespace
}  // namespace server::http::testing
