#include "connectors/common/token_keeper.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace connectors::common {
namespace {

using base::Error;
using base::ErrorCode;
using base::ManualClock;
using base::Result;
using namespace std::chrono_literals;

base::Instant start() {
  return base::from_unix_s(1'800'000'000);
}

Session session(const std::string& name, base::Instant now, std::int64_t generation = 1) {
  return {"access-" + name, "refresh-" + name, now + 4h, now + 24h * 30, generation};
}

class MemoryStore final : public SessionStore {
 public:
  std::optional<Session> load() override {
    const std::lock_guard lock{mutex};
    ++loads;
    return kept;
  }
  void save(const Session& fresh) override {
    const std::lock_guard lock{mutex};
    if (save_fails) throw std::runtime_error{"disk full"};
    kept = fresh;
    log.push_back("saved " + fresh.access_token);
  }

  std::mutex mutex;
  std::optional<Session> kept;
  std::vector<std::string> log;
  int loads = 0;
  bool save_fails = false;
};

class TokenKeeperTest : public ::testing::Test {
 protected:
  TokenKeeperTest() { store_.kept = session("1", start()); }

  TokenKeeper keeper() {
    return TokenKeeper{store_, clock_, TokenPolicy{}, [this](const std::string& refresh_token) {
                         asked_.push_back(refresh_token);
                         ++calls_;
                         return answer_(refresh_token);
                       }};
  }

  static ErrorCode code(const Result<std::string>& token) {
    EXPECT_FALSE(token.ok());
    return token.ok() ? ErrorCode::invalid : token.error().code;
  }

  ManualClock clock_{start()};
  MemoryStore store_;
  std::vector<std::string> asked_;
  std::atomic<int> calls_{0};
  std::function<Result<Session>(const std::string&)> answer_ = [this](const std::string&) {
    return session("2", clock_.now(), 0);
  };
};

TEST_F(TokenKeeperTest, GivesTheStoredTokenWhileItIsFresh) {
  auto tokens = keeper();

  EXPECT_EQ(tokens.access_token().value(), "access-1");
  clock_.advance(2h + 45min);  // just under 70 % of four hours
  EXPECT_EQ(tokens.access_token().value(), "access-1");

  EXPECT_EQ(calls_, 0);
  EXPECT_EQ(store_.loads, 1);
}

TEST_F(TokenKeeperTest, RefreshesAtThreeQuartersOfItsLife) {
  auto tokens = keeper();
  clock_.advance(3h);

  EXPECT_EQ(tokens.access_token().value(), "access-2");

  EXPECT_EQ(asked_, std::vector<std::string>{"refresh-1"});
  EXPECT_EQ(store_.kept->generation, 2);
  EXPECT_EQ(tokens.access_token().value(), "access-2");
  EXPECT_EQ(calls_, 1);
}

TEST_F(TokenKeeperTest, SixtyFourRejectedThreadsMakeOneRefresh) {
  auto tokens = keeper();
  std::latch ready{64};
  std::atomic<int> right{0};

  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      const auto token = tokens.refresh_after_rejection("access-1");
      right += token.ok() && token.value() == "access-2" ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(right, 64);
}

TEST_F(TokenKeeperTest, SixtyFourThreadsWithADueTokenMakeOneRefresh) {
  auto tokens = keeper();
  clock_.advance(5h);
  std::latch ready{64};
  std::atomic<int> right{0};

  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) {
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      const auto token = tokens.access_token();
      right += token.ok() && token.value() == "access-2" ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(calls_, 1);
  EXPECT_EQ(right, 64);
}

TEST_F(TokenKeeperTest, StoresThePairBeforeItIsUsed) {
  auto tokens = keeper();
  answer_ = [this](const std::string&) {
    store_.log.push_back("called");
    return session("2", clock_.now());
  };

  const auto token = tokens.refresh_after_rejection("access-1");
  store_.log.push_back("used " + token.value());

  EXPECT_EQ(store_.log, (std::vector<std::string>{"called", "saved access-2", "used access-2"}));
}

TEST_F(TokenKeeperTest, APairThatCannotBeStoredIsNotUsedAndNotAskedForAgain) {
  auto tokens = keeper();
  store_.save_fails = true;

  EXPECT_EQ(code(tokens.refresh_after_rejection("access-1")), ErrorCode::unavailable);
  EXPECT_EQ(code(tokens.access_token()), ErrorCode::unavailable);
  EXPECT_EQ(store_.kept->access_token, "access-1");

  store_.save_fails = false;
  EXPECT_EQ(tokens.access_token().value(), "access-2");
  EXPECT_EQ(store_.kept->access_token, "access-2");
  EXPECT_EQ(calls_, 1);
}

// A kill between the answer and the store loses the new pair: the next process finds the old one,
// tries it once, and stops at the channel's refusal.
TEST_F(TokenKeeperTest, AfterAKillTheOldPairIsTriedOnceAndNeverInALoop) {
  store_.save_fails = true;
  {
    auto killed = keeper();
    EXPECT_FALSE(killed.refresh_after_rejection("access-1").ok());
  }
  store_.save_fails = false;
  answer_ = [](const std::string&) { return Error{ErrorCode::rejected, "invalid_grant", {}, {}}; };
  auto restarted = keeper();
  calls_ = 0;

  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(code(restarted.refresh_after_rejection("access-1")), ErrorCode::unauthorized);
    clock_.advance(1h);
  }
  EXPECT_EQ(code(restarted.access_token()), ErrorCode::unauthorized);

  EXPECT_EQ(calls_, 1);
}

TEST_F(TokenKeeperTest, ANewSignInEndsTheRefusal) {
  answer_ = [](const std::string&) { return Error{ErrorCode::unauthorized, "no", {}, {}}; };
  auto tokens = keeper();
  EXPECT_FALSE(tokens.refresh_after_rejection("access-1").ok());

  store_.kept = session("signed-in", clock_.now(), 2);

  EXPECT_EQ(tokens.refresh_after_rejection("access-1").value(), "access-signed-in");
  EXPECT_EQ(calls_, 1);
}

TEST_F(TokenKeeperTest, ARejectedOldGenerationJustReloads) {
  auto tokens = keeper();
  EXPECT_EQ(tokens.access_token().value(), "access-1");
  store_.kept = session("other-process", clock_.now(), 2);

  EXPECT_EQ(tokens.refresh_after_rejection("access-1").value(), "access-other-process");

  EXPECT_EQ(calls_, 0);
}

TEST_F(TokenKeeperTest, AFailedEarlyRefreshKeepsTheLivingTokenAndPauses) {
  answer_ = [](const std::string&) { return Error{ErrorCode::unavailable, "down", {}, {}}; };
  auto tokens = keeper();
  clock_.advance(3h);

  EXPECT_EQ(tokens.access_token().value(), "access-1");
  EXPECT_EQ(tokens.access_token().value(), "access-1");
  EXPECT_EQ(calls_, 1);

  clock_.advance(31s);
  EXPECT_EQ(tokens.access_token().value(), "access-1");
  EXPECT_EQ(calls_, 2);

  clock_.advance(1h);
  EXPECT_EQ(code(tokens.access_token()), ErrorCode::unavailable);
  EXPECT_EQ(calls_, 3);
}

TEST_F(TokenKeeperTest, ALostAnswerIsReportedAsItIs) {
  answer_ = [](const std::string&) { return Error{ErrorCode::unknown_outcome, "lost", {}, {}}; };
  auto tokens = keeper();

  EXPECT_EQ(code(tokens.refresh_after_rejection("access-1")), ErrorCode::unknown_outcome);
  EXPECT_EQ(code(tokens.refresh_after_rejection("access-1")), ErrorCode::unknown_outcome);

  EXPECT_EQ(calls_, 1);
}

TEST_F(TokenKeeperTest, NoRefreshTokenInTheAnswerKeepsTheOldOne) {
  answer_ = [this](const std::string&) {
    auto fresh = session("2", clock_.now());
    fresh.refresh_token.clear();
    fresh.refresh_expires_at = {};
    return fresh;
  };
  auto tokens = keeper();

  EXPECT_EQ(tokens.refresh_after_rejection("access-1").value(), "access-2");

  EXPECT_EQ(store_.kept->refresh_token, "refresh-1");
  EXPECT_EQ(store_.kept->refresh_expires_at, start() + 24h * 30);
}

TEST_F(TokenKeeperTest, WithoutASessionOrAfterTheConsentEndedAPersonMustSignIn) {
  auto tokens = keeper();
  clock_.advance(24h * 31);
  EXPECT_EQ(code(tokens.access_token()), ErrorCode::unauthorized);

  store_.kept.reset();
  EXPECT_EQ(code(tokens.access_token()), ErrorCode::unauthorized);

  EXPECT_EQ(calls_, 0);
}

TEST_F(TokenKeeperTest, AnAnswerWithoutATokenIsAProtocolError) {
  answer_ = [](const std::string&) { return Session{}; };
  auto tokens = keeper();

  EXPECT_EQ(code(tokens.refresh_after_rejection("access-1")), ErrorCode::protocol);
  EXPECT_EQ(store_.kept->access_token, "access-1");
}

}  // namespace
}  // namespace connectors::common
