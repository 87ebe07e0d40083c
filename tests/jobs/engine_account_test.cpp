// Somebody else wants an account's connector while the workers run: never both at once.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "jobs/engine.h"
#include "storage/memory/memory_store.h"

namespace jobs_test {
namespace {

const catalog::AccountId kShop{"shop"};
const catalog::AccountId kOther{"other"};

// Holds a job where a handler would run, until it is let go.
class Gate final : public jobs::Observer {
 public:
  void job_started(const jobs::Job&) override {
    ++inside;
    started.set_value();
    go_on.get_future().wait();
    --inside;
  }
  void job_finished(const jobs::Job&, const jobs::Outcome&) override {}
  void moved(const catalog::AccountId&, const std::string&, std::int64_t) override {}
  void notice(const catalog::AccountId&, const base::Error&) override {}

  std::atomic<int> inside{0};
  std::promise<void> started;
  std::promise<void> go_on;
};

class EngineAccount : public testing::Test {
 protected:
  void start_a_job() {
    const auto now = clock_.now();
    store_.write([&](jobs::Tables& tables) {
      tables.jobs.enqueue({jobs::JobKind::pull_orders, kShop, {}, now}, now);
    });
    workers_ = std::thread([this] { engine_.run_until_stopped(); });
    gate_.started.get_future().wait();
  }
  void stop() {
    engine_.stop();
    waiter_.stop();
  }
  void TearDown() override {
    stop();
    if (workers_.joinable()) workers_.join();
  }

  base::SystemClock clock_;
  storage::MemoryStore store_;
  Gate gate_;
  jobs::Services services_{store_, clock_, gate_, {}, {}};
  connectors::common::StoppableWaiter waiter_;
  jobs::Engine engine_{services_, waiter_, {.workers = 2}};
  std::thread workers_;
};

TEST_F(EngineAccount, IsLentOnlyWhenItsJobIsOver) {
  start_a_job();
  std::atomic<int> met{-1};
  auto asked = std::async(std::launch::async, [&] {
    return engine_.with_account(kShop, [&] { met = gate_.inside.load(); });
  });
  // Another account is nobody's business.
  EXPECT_TRUE(engine_.with_account(kOther, [] {}));
  EXPECT_EQ(met, -1) << "lent while its job runs";

  gate_.go_on.set_value();

  EXPECT_TRUE(asked.get());
  EXPECT_EQ(met, 0);
}

TEST_F(EngineAccount, RunsNoJobWhileItIsLent) {
  std::promise<void> lent;
  std::promise<void> give_back;
  auto borrower = std::async(std::launch::async, [&] {
    return engine_.with_account(kShop, [&] {
      lent.set_value();
      give_back.get_future().wait();
    });
  });
  lent.get_future().wait();
  const auto now = clock_.now();
  store_.write([&](jobs::Tables& tables) {
    tables.jobs.enqueue({jobs::JobKind::pull_orders, kShop, {}, now}, now);
  });

  workers_ = std::thread([this] { engine_.run_until_stopped(); });
  // Five looks of two workers: at least one has looked at the queue and gone away again.
  auto last = engine_.last_tick();
  for (int looks = 0; looks < 5; std::this_thread::yield()) {
    if (const auto tick = engine_.last_tick(); tick != last) {
      last = tick;
      ++looks;
    }
  }
  EXPECT_EQ(gate_.inside, 0);
  give_back.set_value();

  EXPECT_TRUE(borrower.get());
  gate_.started.get_future().wait();
  gate_.go_on.set_value();
}

TEST_F(EngineAccount, IsFreeAgainAfterAnException) {
  EXPECT_THROW(engine_.with_account(kShop, [] { throw std::runtime_error("bad"); }),
               std::runtime_error);

  EXPECT_TRUE(engine_.with_account(kShop, [] {}));
}

TEST_F(EngineAccount, IsNotLentByAnEngineThatStops) {
  start_a_job();
  auto asked =
      std::async(std::launch::async, [&] { return engine_.with_account(kShop, [] { FAIL(); }); });

  stop();

  EXPECT_FALSE(asked.get());
  gate_.go_on.set_value();
}

}  // namespace
}  // namespace jobs_test
