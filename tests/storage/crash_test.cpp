// A process that dies at any moment loses nothing it acknowledged and keeps nothing by halves.
// NONGSAN_TEST_SEED reruns a seed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>
#include <set>
#include <thread>

#include "storage/sqlite/sqlite_store.h"
#include "tests/storage/scratch_folder.h"

namespace storage {
namespace {

using storage_test::kNow;
using storage_test::receive_one;
using storage_test::ScratchFolder;

constexpr int kRounds = 12;
constexpr int kThreads = 3;

// Appends a movement and a job that belongs to it, for ever; writes the number of each one that
// was acknowledged to `acknowledged`.
[[noreturn]] void write_for_ever(const std::filesystem::path& path, int acknowledged,
                                 std::int32_t first) {
  try {
    base::ManualClock clock(kNow);
    SqliteStore store(path, clock);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (std::int32_t number = first + thread;; number += kThreads) {
          store.write([&](jobs::Tables& t) {
            const auto key = std::to_string(number);
            t.catalog.stock.append(receive_one(key));
            t.jobs.enqueue({jobs::JobKind::push_stock, catalog::AccountId{"a"}, key, kNow}, kNow);
          });
          if (::write(acknowledged, &number, sizeof number) != sizeof number) ::_exit(3);
        }
      });
    }
    for (auto& thread : threads) thread.join();
  } catch (...) {
    ::_exit(2);
  }
  ::_exit(1);
}

// Kills the writing child once it acknowledged `kill_after` writes; returns all acknowledged.
std::set<std::int32_t> run_and_kill(const std::filesystem::path& path, std::int32_t first,
                                    int kill_after) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  EXPECT_GE(child, 0);
  if (child == 0) {
    ::close(ends[0]);
    write_for_ever(path, ends[1], first);
  }
  ::close(ends[1]);
  std::set<std::int32_t> out;
  std::int32_t number = 0;
  while (::read(ends[0], &number, sizeof number) == sizeof number) {
    out.insert(number);
    if (static_cast<int>(out.size()) == kill_after) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
  return out;
}

std::set<std::int32_t> numbers_in(jobs::Tables& tables) {
  std::set<std::int32_t> out;
  for (const auto& movement : tables.catalog.stock.movements(catalog::PoolId{"pool"}, 1'000'000)) {
    out.insert(std::stoi(movement.event_key));
  }
  return out;
}

TEST(Crash, EveryAcknowledgedWriteSurvivesAKillAndTheLedgerAddsUp) {
  const auto seed = storage_test::test_seed();
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> kill_after(1, 120);
  const ScratchFolder folder;
  base::ManualClock clock(kNow);
  SqliteStore(folder / "db", clock).write([](jobs::Tables& t) { storage_test::put_pool(t); });
  std::set<std::int32_t> acknowledged;

  for (int round = 0; round < kRounds; ++round) {
    acknowledged.merge(run_and_kill(folder / "db", round * 1'000'000, kill_after(random)));

    SqliteStore store(folder / "db", clock);
    EXPECT_EQ(store.check(), std::vector<std::string>{});
    store.read([&](jobs::Tables& t) {
      const auto kept = numbers_in(t);
      for (const auto number : acknowledged) EXPECT_TRUE(kept.contains(number)) << number;
      EXPECT_LE(kept.size(), acknowledged.size() + static_cast<std::size_t>((round + 1) * kThreads))
          << "at most one unanswered write for each thread";
      EXPECT_EQ(t.catalog.stock.balance(catalog::PoolId{"pool"}, "").on_hand,
                static_cast<std::int64_t>(kept.size()));
      EXPECT_EQ(t.jobs.list(std::nullopt, 1'000'000).size(), kept.size())
          << "a change and its job are together or not at all";
    });
  }
}

TEST(Crash, AProcessThatDiesInsideAChangeLeavesNothingOfIt) {
  const ScratchFolder folder;
  base::ManualClock clock(kNow);
  SqliteStore(folder / "db", clock).write([](jobs::Tables& t) { storage_test::put_pool(t); });

  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    SqliteStore store(folder / "db", clock);
    store.write([](jobs::Tables& t) { t.catalog.stock.append(receive_one("1")); });
    store.write([](jobs::Tables& t) {
      t.catalog.stock.append(receive_one("2"));
      ::_exit(9);
    });
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 9);

  SqliteStore store(folder / "db", clock);
  store.read([](jobs::Tables& t) { EXPECT_EQ(numbers_in(t), std::set<std::int32_t>{1}); });
  EXPECT_TRUE(store.check().empty());
}

}  // namespace
}  // namespace storage
