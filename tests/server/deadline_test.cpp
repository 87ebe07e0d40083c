// Every wait of the server ends by its own deadline; nothing the client drips moves it.
#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/server/raw_client.h"

namespace server::http::testing {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kShort = 300ms;
constexpr auto kDripStep = 20ms;

// Sends one byte at a time until the server closes; true when that was after `at_least`.
bool closed_while_dripping(RawClient& client, std::chrono::milliseconds at_least) {
  const auto begun = Steady::now();
  while (Steady::now() - begun < kPatience) {
    if (!client.send("x") || client.read_to_end(kDripStep).has_value()) {
      return Steady::now() - begun >= at_least;
    }
  }
  return false;
}

TEST(Deadline, ClosesAConnectionThatSaysNothing) {
  LiveServer server({.idle_timeout = kShort});
  RawClient client(server.port());
  const auto begun = Steady::now();

  EXPECT_EQ(client.read_to_end(), "");

  EXPECT_GE(Steady::now() - begun, kShort - 50ms);
}

TEST(Deadline, ClosesAKeptConnectionThatIdles) {
  LiveServer server({.idle_timeout = kShort});
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 200);

  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Deadline, EndsADrippedHeader) {
  LiveServer server({.header_timeout = kShort});
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nX: ");

  EXPECT_TRUE(closed_while_dripping(client, kShort - 50ms));
}

TEST(Deadline, EndsADrippedBody) {
  LiveServer server({.body_timeout = kShort});
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n");

  EXPECT_TRUE(closed_while_dripping(client, kShort - 50ms));
}

TEST(Deadline, EndsADrippedChunkExtension) {
  LiveServer server({.chunk_extension_bytes_max = 1'000'000, .body_timeout = kShort});
  RawClient client(server.port());
  client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n1;");

  EXPECT_TRUE(closed_while_dripping(client, kShort - 50ms));
}

TEST(Deadline, EndsAnAnswerThatNobodyReads) {
  LiveServer server({.write_timeout = kShort}, [](const Request&) {
    Response response;
    response.body.assign(64 * 1024 * 1024, 'x');
    return response;
  });
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: t\r\n\r\n");
  client.fill(1);

  EXPECT_TRUE(server.settles_at(0));

  EXPECT_LT(client.read_to_end().value_or("").size(), 64U * 1024 * 1024);
}

TEST(Deadline, DoesNotHoldARefusedClientThatStays) {
  LiveServer server;
  RawClient client(server.port());
  client.send("nonsense\r\n\r\n");
  EXPECT_EQ(client.read_reply().status, 400);

  EXPECT_TRUE(server.settles_at(0));
}

TEST(Deadline, LeavesASlowHandlerAndADelayAlone) {
  LiveServer server({.header_timeout = 100ms, .body_timeout = 100ms, .idle_timeout = 100ms},
                    [](const Request&) {
                      Response response;
                      response.delay = 400ms;
                      return response;
                    });

  EXPECT_EQ(server.ask("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx").status, 200);
}

}  // namespace
}  // namespace server::http::testing
