// What a broken or hostile channel may answer: always a named error, within the deadline.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "connectors/common/json.h"
#include "connectors/common/rest_client.h"
#include "tests/connectors_common/raw_server.h"

namespace connectors::common::testing {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

constexpr auto kDeadline = 400ms;
constexpr auto kSlack = 5s;  // sanitizers on a busy machine; far below any hang

RestConfig config_for(const RawServer& server) {
  RestConfig config;
  config.base_url = server.url();
  config.response_bytes_max = 1 << 20;
  return config;
}

RestRequest repeatable_get() {
  RestRequest request;
  request.path_and_query = "/things?token=hidden";
  request.repeatable = Repeatable::yes;
  return request;
}

RestRequest create() {
  RestRequest request;
  request.method = "POST";
  request.path_and_query = "/things?token=hidden";
  request.body = "{}";
  request.content_type = "application/json";
  request.kind = CallKind::write;
  return request;
}

struct Hostile {
  std::string name;
  std::string bytes;  // then the connection is closed
  ErrorCode on_read;
};

class HostileReply : public ::testing::TestWithParam<Hostile> {};

TEST_P(HostileReply, IsANamedErrorOfARepeatableCall) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send(GetParam().bytes);
    return After::close;
  }};
  RestClient client{config_for(server)};

  const auto reply = client.send(repeatable_get());

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(GetParam().on_read)) << reply.error().message;
  EXPECT_EQ(reply.error().message.find("hidden"), std::string::npos) << reply.error().message;
  EXPECT_NE(reply.error().message.find("/things: "), std::string::npos) << reply.error().message;
}

TEST_P(HostileReply, LeavesTheOutcomeOfANonRepeatableCallUnknownAndIsAskedOnce) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send(GetParam().bytes);
    return After::close;
  }};
  RestClient client{config_for(server)};

  const auto reply = client.send(create());

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unknown_outcome))
      << reply.error().message;
  EXPECT_EQ(server.requests().size(), 1U);
}

std::string chunked(const std::string& chunk_size) {
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk_size +
         "\r\n{}\r\n0\r\n\r\n";
}

std::string many_headers() {
  std::string bytes = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 1000; ++i) bytes += "X-" + std::to_string(i) + ": y\r\n";
  return bytes + "Content-Length: 2\r\n\r\n{}";
}

std::string many_interim_replies() {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
  return bytes + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
}

std::string long_trailer() {
  std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n";
  for (int i = 0; i < 1000; ++i) bytes += "X-Trailer: " + std::string(100, 'y') + "\r\n";
  return bytes + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileReply,
    ::testing::Values(
        Hostile{"ChunkMinusOne", chunked("-1"), ErrorCode::protocol},
        Hostile{"ChunkMinusTwo", chunked("-2"), ErrorCode::protocol},
        Hostile{"ChunkHuge", chunked("7fffffff"), ErrorCode::unavailable},
        Hostile{"ChunkBeyondAnyInteger", chunked("ffffffffffffffffffffff"), ErrorCode::protocol},
        Hostile{"ChunkNotHex", chunked("zz"), ErrorCode::protocol},
        Hostile{"BodyCutShort",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", ErrorCode::unavailable},
        Hostile{"NothingAtAll", "", ErrorCode::unavailable},
        Hostile{"HeadersCutShort", "HTTP/1.1 200 OK\r\nContent-Le", ErrorCode::unavailable},
        Hostile{"InterimReplyAlone", "HTTP/1.1 103 Early Hints\r\n\r\n", ErrorCode::unavailable},
        Hostile{"UpgradeNotAskedFor", "HTTP/1.1 101 Switching Protocols\r\n\r\n{}",
                ErrorCode::unavailable},
        Hostile{"StatusLineAlone", "HTTP/1.1 200 OK\r\n", ErrorCode::unavailable},
        Hostile{"NotHttp", "SSH-2.0-OpenSSH_9.2\r\nwelcome\r\n", ErrorCode::protocol},
        Hostile{"LengthNegative", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
                ErrorCode::protocol},
        Hostile{"LengthAnnouncedHuge", "HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\n\r\n{}",
                ErrorCode::protocol},
        Hostile{"HeaderLineHuge",
                "HTTP/1.1 200 OK\r\nX-Big: " + std::string(90'000, 'x') + "\r\n\r\n",
                ErrorCode::protocol},
        Hostile{"HeaderLineBeyondCurl",
                "HTTP/1.1 200 OK\r\nX-Big: " + std::string(300'000, 'x') + "\r\n\r\n",
                ErrorCode::protocol},
        Hostile{"HeadersTooMany", many_headers(), ErrorCode::protocol},
        Hostile{"InterimRepliesWithoutEnd", many_interim_replies(), ErrorCode::protocol},
        Hostile{"TrailerTooLong", long_trailer(), ErrorCode::protocol}),
    [](const auto& one) { return one.param.name; });

TEST(HostileReply, OnAReusedConnectionIsNamedToo) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    if (exchange.server.requests().size() == 1) {
      exchange.send_ok("{}");
      return After::keep_open;
    }
    exchange.send(chunked("-1"));
    return After::close;
  }};
  RestClient client{config_for(server)};
  ASSERT_TRUE(client.send(repeatable_get()).ok());

  const auto reply = client.send(repeatable_get());

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::protocol)) << reply.error().message;
  EXPECT_EQ(server.connections(), 1U);
}

enum class Framing { length_hidden, chunked };

class HugeBody : public ::testing::TestWithParam<Framing> {};

TEST_P(HugeBody, Of200MegabytesStopsAtTheCap) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    const bool chunks = GetParam() == Framing::chunked;
    exchange.send(std::string{"HTTP/1.1 200 OK\r\n"} +
                  (chunks ? "Transfer-Encoding: chunked\r\n\r\n" : "Connection: close\r\n\r\n"));
    const std::string block(1 << 16, 'x');
    for (int i = 0; i < 3200; ++i) {
      if (!exchange.send(chunks ? "10000\r\n" + block + "\r\n" : block)) return After::close;
    }
    exchange.send(chunks ? "0\r\n\r\n" : "");
    return After::close;
  }};
  RestClient client{config_for(server)};

  const auto read = client.send(repeatable_get());
  const auto written = client.send(create());

  ASSERT_FALSE(read.ok());
  EXPECT_EQ(to_string(read.error().code), to_string(ErrorCode::protocol));
  EXPECT_NE(read.error().message.find("larger than 1048576 bytes"), std::string::npos);
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(to_string(written.error().code), to_string(ErrorCode::unknown_outcome));
}

INSTANTIATE_TEST_SUITE_P(All, HugeBody,
                         ::testing::Values(Framing::length_hidden, Framing::chunked));

class Slow : public ::testing::TestWithParam<std::string> {};

TEST_P(Slow, DripIsCutAtTheTotalDeadline) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    if (!exchange.send(GetParam())) return After::close;
    while (exchange.server.pause(20ms) && exchange.send("x")) {
    }
    return After::close;
  }};
  auto config = config_for(server);
  config.deadlines = {{CallKind::read, kDeadline}, {CallKind::write, kDeadline}};
  RestClient client{config};
  const auto start = std::chrono::steady_clock::now();

  const auto read = client.send(repeatable_get());
  const auto written = client.send(create());

  const auto taken = std::chrono::steady_clock::now() - start;
  EXPECT_LT(taken, 2 * kDeadline + kSlack);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(to_string(read.error().code), to_string(ErrorCode::unavailable));
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(to_string(written.error().code), to_string(ErrorCode::unknown_outcome));
}

INSTANTIATE_TEST_SUITE_P(
    All, Slow,
    ::testing::Values("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n",
                      "HTTP/1.1 200 OK\r\nX-Never-Ends: ",
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n"));

TEST(HostileReply, SilenceEndsAtTheDeadlineOfItsKind) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.hang();
    return After::close;
  }};
  auto config = config_for(server);
  config.deadlines[CallKind::probe] = 100ms;
  RestClient client{config};
  auto request = repeatable_get();
  request.kind = CallKind::probe;

  const auto reply = client.send(request);

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable));
}

TEST(HostileReply, WebPageInsteadOfJsonIsNamed) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send_ok("<!DOCTYPE html><html><body>Bảo trì</body></html>");
    return After::keep_open;
  }};
  RestClient client{config_for(server)};

  const auto reply = client.send(repeatable_get());

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  const auto json = parse_json(reply.value().body);
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(to_string(json.error().code), to_string(ErrorCode::protocol));
  EXPECT_NE(json.error().message.find("web page"), std::string::npos);
}

TEST(HostileReply, Json64LevelsDeepIsNamed) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send_ok(std::string(64, '[') + std::string(64, ']'));
    return After::keep_open;
  }};
  RestClient client{config_for(server)};

  const auto reply = client.send(repeatable_get());

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  const auto json = parse_json(reply.value().body);
  ASSERT_FALSE(json.ok());
  EXPECT_EQ(to_string(json.error().code), to_string(ErrorCode::protocol));
  EXPECT_NE(json.error().message.find("deeper than 32"), std::string::npos);
}

TEST(HostileReply, RedirectIsReturnedAndNotFollowed) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send("HTTP/1.1 302 Found\r\nLocation: " + exchange.server.url() +
                  "/elsewhere\r\nContent-Length: 0\r\n\r\n");
    return After::keep_open;
  }};
  RestClient client{config_for(server)};

  const auto reply = client.send(repeatable_get());

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(reply.value().status, 302);
  EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace connectors::common::testing
