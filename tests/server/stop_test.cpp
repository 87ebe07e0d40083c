// Draining: nothing new, running requests finish, and stop() returns within its grace.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "server/http/server.h"
#include "tests/server/raw_client.h"

namespace server::http::testing {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

const std::string kGet = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

TEST(Stop, ClosesIdleAndUnfinishedConnectionsAtOnce) {
  LiveServer server;
  RawClient silent(server.port());
  RawClient kept(server.port());
  kept.send(kGet);
  EXPECT_EQ(kept.read_reply().status, 200);
  RawClient half(server.port());
  half.send("GET / HT");
  ASSERT_TRUE(server.settles_at(3));
  const auto begun = Steady::now();

  server->stop(20s);

  EXPECT_LT(Steady::now() - begun, 5s);
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_EQ(kept.read_to_end(), "");
  EXPECT_EQ(half.read_to_end(), "");
  EXPECT_EQ(server->open_connections(), 0U);
  EXPECT_THROW(RawClient{server.port()}, std::runtime_error);
}

TEST(Stop, LetsARunningRequestFinish) {
  std::promise<void> entered;
  std::promise<void> release;
  LiveServer server({}, [&, released = release.get_future().share()](const Request&) {
    entered.set_value();
    released.wait();
    Response response;
    response.delay = 100ms;
    response.body = "done";
    return response;
  });
  RawClient client(server.port());
  client.send(kGet);
  entered.get_future().wait();

  auto stopped = std::async(std::launch::async, [&] { server->stop(20s); });
  while (true) {  // until the listening socket is gone
    try {
      RawClient late(server.port());
    } catch (const std::runtime_error&) {
      break;
    }
  }
  EXPECT_EQ(stopped.wait_for(0s), std::future_status::timeout);
  release.set_value();
  const auto reply = client.read_reply();

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "done");
  EXPECT_TRUE(reply.has_header("Connection: close\r\n"));
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(stopped.wait_for(kPatience), std::future_status::ready);
}

TEST(Stop, ReturnsWithinItsGraceThoughAnAnswerIsFarAway) {
  LiveServer server({}, [](const Request&) {
    Response response;
    response.delay = 60s;
    return response;
  });
  RawClient client(server.port());
  client.send(kGet);
  ASSERT_TRUE(server.settles_at(1));
  const auto begun = Steady::now();

  server->stop(400ms);

  EXPECT_LT(Steady::now() - begun, 2s);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Stop, ReturnsWithinItsGraceThoughAHandlerHangsAndTheDestructorWaitsForIt) {
  std::promise<void> entered;
  std::promise<void> release;
  std::atomic<bool> left{false};
  {
    LiveServer server({}, [&, released = release.get_future().share()](const Request&) {
      entered.set_value();
      released.wait();
      left = true;
      return Response{};
    });
    RawClient client(server.port());
    client.send(kGet);
    entered.get_future().wait();
    const auto begun = Steady::now();

    server->stop(200ms);

    EXPECT_LT(Steady::now() - begun, 2s);
    EXPECT_FALSE(left);
    release.set_value();
  }
  EXPECT_TRUE(left);
}

TEST(Stop, MayBeCalledTwiceOrBeforeStart) {
  HttpServer never({}, echo);
  never.stop(1s);
  LiveServer server;
  server->stop(1s);
  server->stop(1s);
  EXPECT_EQ(server->open_connections(), 0U);
}

TEST(Stop, MayComeWhileClientsKeepAsking) {
  LiveServer server;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([port = server.port()] {
      try {
        while (true) {
          RawClient client(port);
          client.send(kGet);
          client.read_reply();
        }
      } catch (const std::runtime_error&) {  // stopped
      }
    });
  }
  ASSERT_TRUE(server.still_answers());

  server->stop(5s);

  for (auto& client : clients) client.join();
  EXPECT_EQ(server->open_connections(), 0U);
}

}  // namespace
}  // namespace server::http::testing
