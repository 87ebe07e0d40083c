// Fifteen hundred clients that connect and never finish: all closed in time, while a normal client
// is served at once.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "server/http/server.h"
#include "tests/server/raw_client.h"

namespace server::http::testing {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kHalfOpen = 1'500;
constexpr rlim_t kDescriptors = 2 * kHalfOpen + 200;  // both ends live in this process
constexpr auto kHalfOpenTimeout = 10s;  // longer than a loaded machine takes to open them
constexpr auto kAtOnce = 1s;
constexpr auto kClosedWithin = 30s;

bool raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  if (limit.rlim_cur >= kDescriptors) return true;
  limit.rlim_cur = kDescriptors;
  limit.rlim_max = std::max(limit.rlim_max, kDescriptors);
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

// A third says nothing, a third half a header, a third half a body.
void start_half(RawClient& client, std::size_t number) {
  if (number % 3 == 1) client.send("GET / HTTP/1.1\r\nHo");
  if (number % 3 == 2) client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 9\r\n\r\nhalf");
}

TEST(HalfOpenSockets, AreAllClosedInTimeWhileANormalRequestIsAnsweredAtOnce) {
  ASSERT_TRUE(raise_descriptor_limit()) << "needs " << kDescriptors << " descriptors";
  LiveServer server({.header_timeout = kHalfOpenTimeout,
                     .body_timeout = kHalfOpenTimeout,
                     .idle_timeout = kHalfOpenTimeout});
  const auto begun = Steady::now();
  std::vector<std::unique_ptr<RawClient>> half_open;
  for (std::size_t i = 0; i < kHalfOpen; ++i) {
    half_open.push_back(std::make_unique<RawClient>(server.port()));
    start_half(*half_open.back(), i);
  }

  // Connected is not accepted: the kernel holds what the server has not come to yet.
  EXPECT_TRUE(server.settles_at(kHalfOpen)) << server->open_connections() << " open";
  const auto asked = Steady::now();
  EXPECT_TRUE(server.still_answers());
  const auto answered_after = Steady::now() - asked;
  for (const auto& client : half_open) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(begun + kClosedWithin - Steady::now());
    ASSERT_EQ(client->read_to_end(std::max(left, 0ms)), "");
  }

  EXPECT_LT(answered_after, kAtOnce);
  EXPECT_TRUE(server.still_answers());
  std::printf("%zu open, answered in %lld us, all closed after %lld ms\n", kHalfOpen,
              static_cast<long long>(answered_after / 1us),
              static_cast<long long>((Steady::now() - begun) / 1ms));
}

}  // namespace
}  // namespace server::http::testing
