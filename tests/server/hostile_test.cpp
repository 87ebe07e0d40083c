// What the server refuses, and that it serves on afterwards.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/http/server.h"
#include "tests/server/raw_client.h"

namespace server::http::testing {
namespace {

using namespace std::chrono_literals;

const std::string kPost = "POST / HTTP/1.1\r\nHost: t\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";
const std::string kGet = "GET / HTTP/1.1\r\nHost: t\r\n";

// The status of the only answer; the connection must close after it.
int refused_with(const LiveServer& server, std::string_view bytes) {
  RawClient client(server.port());
  client.send(bytes);
  const auto reply = client.read_reply();
  EXPECT_TRUE(reply.has_header("Connection: close\r\n")) << bytes;
  EXPECT_EQ(client.read_to_end(), "") << bytes;
  return reply.status;
}

TEST(HostileRequest, WithAmbiguousFramingIsAnswered400) {
  LiveServer server;
  const std::string rest = "\r\n\r\nhelloGET /smuggled HTTP/1.1\r\nHost: t\r\n\r\n";
  for (const std::string headers : {
           "Content-Length: 5\r\nTransfer-Encoding: chunked",
           "Transfer-Encoding: chunked\r\nContent-Length: 5",
           "Content-Length: 5\r\nContent-Length: 6",
           "Content-Length: 5\r\nContent-Length: 5",
           "Content-Length: 5, 5",
           "Content-Length: 5,6",
           "Content-Length: +5",
           "Content-Length: -5",
           "Content-Length: 5x",
           "Content-Length: 0x5",
           "Content-Length: 5 5",
           "Content-Length:",
           "Content-Length: 18446744073709551621",
           "Content-Length: 99999999999999999999999999",
           "Content-Length : 5",
           "Transfer-Encoding: gzip",
           "Transfer-Encoding: identity",
           "Transfer-Encoding: gzip, chunked",
           "Transfer-Encoding: chunked, gzip",
           "Transfer-Encoding: chunked, chunked",
           "Transfer-Encoding: xchunked",
           "Transfer-Encoding: \x0b"
           "chunked",
           "Transfer-Encoding:",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
           "Transfer-Encoding\t: chunked",
           "X: y\r\n Content-Length: 5",
           "Content-Length:\r\n 5",
           "Content-Length: 5\nX: y",
           "X: y\rContent-Length: 5",
           "Host: u\r\nContent-Length: 5",
       }) {
    EXPECT_EQ(refused_with(server, kPost + headers + rest), 400) << headers;
  }
  EXPECT_TRUE(server.still_answers());
}

TEST(HostileRequest, WithAMalformedStartIsAnswered400) {
  LiveServer server;
  for (const std::string start : {
           "GET / HTTP/1.1\r\n\r\n",  // no Host
           "GET / HTTP/2.0\r\nHost: t\r\n\r\n",
           "GET / HTTP/1.1 \r\nHost: t\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET /\r\n\r\n",
           " GET / HTTP/1.1\r\nHost: t\r\n\r\n",
           "G(T / HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET /\x01 HTTP/1.1\r\nHost: t\r\n\r\n",
           "GET / HTTP/1.1\r\nHost t\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: t\r\nA: \x02\r\n\r\n",
           "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "\x16\x03\x01\x02\n",
       }) {
    EXPECT_EQ(refused_with(server, start), 400) << start;
  }
  EXPECT_TRUE(server.still_answers());
}

TEST(HostileRequest, WithMalformedChunksIsAnswered400) {
  LiveServer server;
  for (const std::string chunks :
       {"-1\r\nx\r\n0\r\n\r\n", "+1\r\nx\r\n0\r\n\r\n", "\r\nx\r\n0\r\n\r\n",
        "0x1\r\nx\r\n0\r\n\r\n", " 1\r\nx\r\n0\r\n\r\n", ";a=b\r\nx\r\n0\r\n\r\n",
        "g\r\nx\r\n0\r\n\r\n", "10000000000000000\r\nx\r\n", "fffffffffffffffff\r\nx\r\n",
        "1\nx\r\n0\r\n\r\n", "1\r\nxy\r\n0\r\n\r\n", "1\r\nx0\r\n\r\n", "1\r\nx\n0\r\n\r\n",
        "1\rx\r\n0\r\n\r\n", "0\r\nContent-Length: 5\r\n\r\n",
        "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\nno colon\r\n\r\n"}) {
    EXPECT_EQ(refused_with(server, kChunked + chunks), 400) << chunks;
  }
  EXPECT_TRUE(server.still_answers());
}

TEST(HostileRequest, OverTheHeaderBytesIsAnswered431) {
  LiveServer server({.header_bytes_max = 256});
  const std::string whole = kGet + "A: " + std::string(256 - kGet.size() - 7, 'x') + "\r\n\r\n";
  ASSERT_EQ(whole.size(), 256U);

  EXPECT_EQ(server.ask(whole).status, 200);
  EXPECT_EQ(
      refused_with(server, kGet + "A: " + std::string(256 - kGet.size() - 6, 'x') + "\r\n\r\n"),
      431);
  EXPECT_EQ(refused_with(server, std::string(20'000, 'x')), 431);
  EXPECT_EQ(refused_with(server, "GET /" + std::string(5'000, 'x')), 431);
}

TEST(HostileRequest, OverTheHeaderCountIsAnswered431) {
  LiveServer server({.header_count_max = 3});

  EXPECT_EQ(server.ask(kGet + "A: 1\r\nB: 2\r\n\r\n").status, 200);
  EXPECT_EQ(refused_with(server, kGet + "A: 1\r\nB: 2\r\nC: 3\r\n\r\n"), 431);
}

TEST(HostileRequest, OverTheBodyBytesIsAnswered413WhicheverWayItsLengthIsSaid) {
  LiveServer server({.body_bytes_max = 10});

  EXPECT_EQ(server.ask(kPost + "Content-Length: 10\r\n\r\n0123456789").status, 200);
  EXPECT_EQ(refused_with(server, kPost + "Content-Length: 11\r\n\r\n0123456789a"), 413);
  EXPECT_EQ(server.ask(kChunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n").status, 200);
  EXPECT_EQ(refused_with(server, kChunked + "5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n"), 413);
  EXPECT_EQ(refused_with(server, kChunked + "7fffffff\r\nx"), 413);
  EXPECT_EQ(refused_with(server, kChunked + "ffffffffffffffff\r\nx"), 413);
}

TEST(HostileRequest, KeepsItsRefusalThoughTheClientSendsOn) {
  LiveServer server({.body_bytes_max = 10});
  const std::string body(3 * 1024 * 1024, 'x');

  EXPECT_EQ(refused_with(server, kPost + "Content-Length: 3145728\r\n\r\n" + body), 413);
}

TEST(HostileRequest, OverTheChunkExtensionsIsAnswered431) {
  LiveServer server({.chunk_extension_bytes_max = 100});
  const auto extended = [](std::size_t bytes) {
    return "1;" + std::string(bytes - 1, 'e') + "\r\nx\r\n";
  };

  EXPECT_EQ(server.ask(kChunked + extended(50) + extended(50) + "0\r\n\r\n").status, 200);
  EXPECT_EQ(refused_with(server, kChunked + extended(50) + extended(51) + "0\r\n\r\n"), 431);
  EXPECT_EQ(refused_with(server, kChunked + "1;" + std::string(20'000, 'e')), 431);
  EXPECT_EQ(refused_with(server, kChunked + std::string(20'000, '0')), 431);
}

TEST(HostileRequest, WithEndlessSmallExtensionsIsStoppedInTime) {
  LiveServer server({.chunk_extension_bytes_max = 100});
  RawClient client(server.port());
  client.send(kChunked);
  int sent = 0;
  while (sent < 100'000 && client.send("1;e=f\r\nx\r\n")) ++sent;

  EXPECT_EQ(client.read_reply().status, 431);
}

TEST(HostileRequest, OverTheTrailersIsAnswered431) {
  LiveServer server({.chunk_extension_bytes_max = 100});

  EXPECT_EQ(server.ask(kChunked + "0\r\nT: " + std::string(80, 't') + "\r\n\r\n").status, 200);
  EXPECT_EQ(refused_with(server, kChunked + "0\r\nT: " + std::string(200, 't') + "\r\n\r\n"), 431);
  EXPECT_EQ(refused_with(server, kChunked + "0\r\nT: " + std::string(20'000, 't')), 431);
}

TEST(HostileRequest, CannotSetHeadersOrKeepTheConnectionByTrailers) {
  LiveServer server;
  RawClient client(server.port());

  client.send(kChunked + "0\r\nConnection: close\r\nX-Admin: 1\r\n\r\n" + kGet + "\r\n");

  EXPECT_EQ(client.read_reply().body.find("X-Admin"), std::string::npos);
  EXPECT_EQ(client.read_reply().status, 200);
}

TEST(HostileClient, GetsOnlySoManyRequestsPerConnection) {
  LiveServer server({.requests_per_connection_max = 3});
  RawClient client(server.port());

  for (int i = 0; i < 5; ++i) client.send(kGet + "\r\n");

  EXPECT_TRUE(client.read_reply().has_header("Connection: keep-alive"));
  EXPECT_TRUE(client.read_reply().has_header("Connection: keep-alive"));
  EXPECT_TRUE(client.read_reply().has_header("Connection: close"));
  EXPECT_EQ(client.read_to_end(), "");
}

void expect_third_connection_closed(Limits limits) {
  LiveServer server(limits);
  auto first = std::make_unique<RawClient>(server.port());
  RawClient second(server.port());
  ASSERT_TRUE(server.settles_at(2));

  RawClient third(server.port());
  EXPECT_EQ(third.read_to_end(), "");
  second.send(kGet + "\r\n");
  EXPECT_EQ(second.read_reply().status, 200);

  first.reset();
  ASSERT_TRUE(server.settles_at(1));
  EXPECT_TRUE(server.still_answers());
}

TEST(HostileClient, GetsOnlySoManyConnections) {
  expect_third_connection_closed({.connections_max = 2});
}

TEST(HostileClient, GetsOnlySoManyConnectionsPerAddress) {
  expect_third_connection_closed({.connections_per_address_max = 2});
}

TEST(HostileClient, ThatResetsAtAnyPointHarmsNoOne) {
  LiveServer server;
  const std::string request = kChunked + "5;e\r\nhello\r\n0\r\nT: u\r\n\r\n";
  for (std::size_t cut = 0; cut <= request.size(); ++cut) {
    RawClient client(server.port());
    client.send(std::string_view(request).substr(0, cut));
  }

  EXPECT_TRUE(server.settles_at(0));
  EXPECT_TRUE(server.still_answers());
}

// Prints its seed on failure; RC_PARAMS="seed=..." runs the same case again.
RC_GTEST_PROP(HostileClient, NeverStopsTheServerWhateverItSends, ()) {
  static LiveServer server({.body_bytes_max = 64, .chunk_extension_bytes_max = 64});
  static const std::vector<std::string> kPieces = {kGet,
                                                   kPost,
                                                   kChunked,
                                                   "\r\n",
                                                   "\r\n\r\n",
                                                   "Content-Length: 3\r\n",
                                                   "Content-Length: -1\r\n",
                                                   "Expect: 100-continue\r\n",
                                                   "Connection: close\r\n",
                                                   "0\r\n\r\n",
                                                   "3\r\nabc\r\n",
                                                   "-1\r\n",
                                                   "7fffffff\r\n",
                                                   ";e=\"",
                                                   ": ",
                                                   " ",
                                                   "\n",
                                                   "\r",
                                                   "T: u\r\n",
                                                   std::string(1, '\0'),
                                                   "abc",
                                                   std::string(100, 'z'),
                                                   "HEAD / HTTP/1.0\r\n\r\n"};
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces));
  RawClient client(server.port());
  for (const auto& piece : pieces) client.send(piece);
  client.finish_sending();

  RC_ASSERT(client.read_to_end().has_value());
  RC_ASSERT(server.still_answers());
}

}  // namespace
}  // namespace server::http::testing
