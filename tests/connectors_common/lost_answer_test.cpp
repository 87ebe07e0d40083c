// A call whose answer is lost: a non-repeatable one reaches the server exactly once, whatever idle
// connections are around; a connection that was closed while idle loses no call.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "connectors/common/rest_client.h"
#include "tests/connectors_common/raw_server.h"

namespace connectors::common::testing {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

enum class Loss { silence, close, reset };

struct Case {
  std::size_t idle;
  Loss loss;
};

RestRequest get() {
  RestRequest request;
  request.path_and_query = "/fill";
  request.repeatable = Repeatable::yes;
  return request;
}

RestRequest post(Repeatable repeatable) {
  RestRequest request;
  request.method = "POST";
  request.path_and_query = "/orders";
  request.body = R"({"sku":"A"})";
  request.content_type = "application/json";
  request.kind = CallKind::write;
  request.repeatable = repeatable;
  return request;
}

RestConfig config_for(const RawServer& server) {
  RestConfig config;
  config.base_url = server.url();
  config.pool_connections_max = 32;
  return config;
}

// Leaves `count` idle connections: the server answers none before all have arrived.
void fill_pool(RestClient& client, std::size_t count) {
  std::vector<std::thread> callers;
  for (std::size_t i = 0; i < count; ++i) {
    callers.emplace_back([&client] { EXPECT_TRUE(client.send(get()).ok()); });
  }
  for (auto& caller : callers) caller.join();
}

class LostAnswer : public ::testing::TestWithParam<Case> {};

TEST_P(LostAnswer, ReachesTheServerExactlyOnce) {
  const auto [idle, loss] = GetParam();
  RawServer server{[idle = idle, loss = loss](const RawServer::Exchange& exchange) {
    if (exchange.request.starts_with("GET")) {
      if (exchange.server.wait_for(idle)) exchange.send_ok("{}");
      return After::keep_open;
    }
    if (loss == Loss::silence) exchange.hang();
    if (loss == Loss::reset) exchange.reset();
    return After::close;
  }};
  auto config = config_for(server);
  config.deadlines[CallKind::write] = loss == Loss::silence ? 300ms : 30'000ms;
  RestClient client{config};
  fill_pool(client, idle);
  ASSERT_EQ(server.connections(), idle);

  const auto reply = client.send(post(Repeatable::no));

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unknown_outcome))
      << reply.error().message;
  EXPECT_EQ(server.count("POST /orders"), 1);
  EXPECT_EQ(server.connections(), idle + 1);
}

INSTANTIATE_TEST_SUITE_P(
    All, LostAnswer,
    ::testing::Values(Case{0, Loss::silence}, Case{1, Loss::silence}, Case{8, Loss::silence},
                      Case{32, Loss::silence}, Case{0, Loss::close}, Case{1, Loss::close},
                      Case{8, Loss::close}, Case{32, Loss::close}, Case{0, Loss::reset},
                      Case{1, Loss::reset}, Case{8, Loss::reset}, Case{32, Loss::reset}),
    [](const auto& one) {
      const char* loss = one.param.loss == Loss::silence ? "Silence"
                         : one.param.loss == Loss::close ? "Close"
                                                         : "Reset";
      return loss + std::string{"With"} + std::to_string(one.param.idle) + "Idle";
    });

class ClosedWhileIdle : public ::testing::TestWithParam<std::size_t> {};

TEST_P(ClosedWhileIdle, LosesNoCall) {
  const std::size_t idle = GetParam();
  RawServer server{[idle](const RawServer::Exchange& exchange) {
    if (exchange.request.starts_with("GET /fill")) exchange.server.wait_for(idle);
    exchange.send_ok("{}");
    return After::keep_open;
  }};
  RestClient client{config_for(server)};
  fill_pool(client, idle);
  server.close_connections();

  const auto created = client.send(post(Repeatable::no));
  const auto repeated = client.send(post(Repeatable::yes));
  const auto read = client.send(get());

  EXPECT_TRUE(created.ok()) << created.error().message;
  EXPECT_TRUE(repeated.ok()) << repeated.error().message;
  EXPECT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(server.count("POST /orders"), 2);
}

INSTANTIATE_TEST_SUITE_P(All, ClosedWhileIdle, ::testing::Values(1, 8, 32));

// The case libcurl repairs by itself: the server takes the request on an idle connection and
// closes.
TEST(LostAnswer, OfARepeatableCallOnAnIdleConnectionIsRepeatedByTheWire) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    if (exchange.server.requests().size() == 2) return After::close;
    exchange.send_ok("{}");
    return After::keep_open;
  }};
  RestClient client{config_for(server)};
  fill_pool(client, 1);

  const auto reply = client.send(get());

  EXPECT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(server.count("GET /fill"), 3);
}

TEST(KeepAlive, RepeatableCallsShareOneConnectionAndOthersNever) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send_ok("{}");
    return After::keep_open;
  }};
  RestClient client{config_for(server)};

  for (int i = 0; i < 5; ++i) ASSERT_TRUE(client.send(get()).ok());
  EXPECT_EQ(server.connections(), 1U);

  for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.send(post(Repeatable::no)).ok());
  EXPECT_EQ(server.connections(), 4U);

  ASSERT_TRUE(client.send(get()).ok());
  EXPECT_EQ(server.connections(), 4U);
}

TEST(KeepAlive, KeepsNoMoreIdleConnectionsThanThePoolHolds) {
  constexpr std::size_t kCallers = 6;
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.server.wait_for(kCallers);
    exchange.send_ok("{}");
    return After::keep_open;
  }};
  auto config = config_for(server);
  config.pool_connections_max = 2;
  RestClient client{config};

  fill_pool(client, kCallers);

  EXPECT_EQ(server.connections(), kCallers);
  EXPECT_TRUE(server.wait_for_open(2));
}

TEST(ConnectRefused, IsUnavailableEvenForANonRepeatableCall) {
  std::string url;
  {
    const RawServer gone{[](const RawServer::Exchange&) { return After::close; }};
    url = gone.url();
  }
  RestConfig config;
  config.base_url = url;
  RestClient client{config};

  const auto reply = client.send(post(Repeatable::no));

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable));
}

TEST(Proxy, IsAskedToConnectAndItsRefusalIsUnavailable) {
  RawServer proxy{[](const RawServer::Exchange& exchange) {
    exchange.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    return After::close;
  }};
  RestConfig config;
  config.base_url = "https://shop.example";
  config.proxy = proxy.url();
  RestClient client{config};

  const auto reply = client.send(post(Repeatable::no));

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable))
      << reply.error().message;
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_TRUE(proxy.requests().front().starts_with("CONNECT shop.example:443 HTTP/1.1\r\n"));
}

}  // namespace
}  // namespace connectors::common::testing
