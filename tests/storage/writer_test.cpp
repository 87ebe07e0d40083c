// The writer thread: shared commits, isolation of failures, snapshots, a disk that is full.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <future>
#include <latch>
#include <thread>

#include "storage/sqlite/sqlite_store.h"
#include "tests/storage/scratch_folder.h"

namespace storage {
namespace {

using storage_test::kNow;
using storage_test::on_hand;
using storage_test::receive_one;
using storage_test::ScratchFolder;

class WriterTest : public ::testing::Test {
 protected:
  WriterTest() {
    store_.write([](jobs::Tables& tables) { storage_test::put_pool(tables); });
  }

  // Holds the writer inside a change until `callers` more are queued, then lets all go.
  void run_as_one_group(std::size_t callers, const std::function<void(std::size_t)>& call,
                        const std::function<void()>& before_release) {
    std::latch held(1);
    std::latch release(1);
    std::thread first([&] {
      store_.write([&](jobs::Tables&) {
        held.count_down();
        release.wait();
      });
    });
    held.wait();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < callers; ++i) threads.emplace_back(call, i);
    while (store_.waiting_writes() < callers) std::this_thread::yield();
    before_release();
    release.count_down();
    first.join();
    for (auto& thread : threads) thread.join();
  }

  ScratchFolder folder_;
  base::ManualClock clock_{kNow};
  SqliteStore store_{folder_ / "db", clock_};
};

TEST_F(WriterTest, WritesThatWaitTogetherShareOneCommit) {
  constexpr std::size_t kCallers = 20;
  const auto before = store_.commits();

  run_as_one_group(
      kCallers,
      [&](std::size_t i) {
        store_.write([&](jobs::Tables& tables) {
          tables.catalog.stock.append(receive_one(std::to_string(i)));
        });
      },
      [] {});

  EXPECT_EQ(store_.commits() - before, 2u) << "the holder's, then one for all the others";
  EXPECT_EQ(on_hand(store_), static_cast<std::int64_t>(kCallers));
}

TEST_F(WriterTest, AFailureInsideAGroupHurtsNobodyElse) {
  std::atomic<int> failures{0};

  run_as_one_group(
      10,
      [&](std::size_t i) {
        try {
          store_.write([&](jobs::Tables& tables) {
            tables.catalog.stock.append(receive_one(std::to_string(i)));
            if (i % 2 == 0) throw std::domain_error("even");
          });
        } catch (const std::domain_error&) {
          ++failures;
        }
      },
      [] {});

  EXPECT_EQ(failures, 5);
  EXPECT_EQ(on_hand(store_), 5);
}

TEST_F(WriterTest, AReadSeesOneSnapshotWhileOthersWrite) {
  store_.read([&](jobs::Tables& tables) {
    const catalog::PoolId pool{"pool"};
    EXPECT_EQ(tables.catalog.stock.balance(pool, "").on_hand, 0);
    std::thread([&] {
      store_.write([](jobs::Tables& t) { t.catalog.stock.append(receive_one("1")); });
    }).join();
    EXPECT_EQ(tables.catalog.stock.balance(pool, "").on_hand, 0);
    EXPECT_TRUE(tables.catalog.stock.movements(pool, 5).empty());
  });
  EXPECT_EQ(on_hand(store_), 1);
}

TEST_F(WriterTest, ManyThreadsWriteAndReadWithoutLosingAnything) {
  constexpr int kWriters = 6;
  constexpr int kReaders = 6;  // more than there are connections
  constexpr int kEach = 40;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([this, writer] {
      for (int i = 0; i < kEach; ++i) {
        const auto key = std::to_string(writer) + "/" + std::to_string(i);
        store_.write([&](jobs::Tables& t) { t.catalog.stock.append(receive_one(key)); });
      }
    });
  }
  for (int reader = 0; reader < kReaders; ++reader) {
    threads.emplace_back([this] {
      std::int64_t seen = 0;
      for (int i = 0; i < kEach; ++i) {
        store_.read([&](jobs::Tables& t) {
          const catalog::PoolId pool{"pool"};
          const auto now = t.catalog.stock.balance(pool, "").on_hand;
          EXPECT_GE(now, seen);
          EXPECT_EQ(static_cast<std::int64_t>(t.catalog.stock.movements(pool, 10'000).size()), now);
          seen = now;
        });
      }
    });
  }
  for (auto& thread : threads) thread.join();

  EXPECT_EQ(on_hand(store_), kWriters * kEach);
  EXPECT_TRUE(store_.check().empty());
}

TEST_F(WriterTest, OnlyOneOfManyWorkersClaimsAJob) {
  constexpr int kJobs = 40;
  store_.write([](jobs::Tables& t) {
    for (int i = 0; i < kJobs; ++i) {
      t.jobs.enqueue(
          {jobs::JobKind::push_stock, catalog::AccountId{"a" + std::to_string(i)}, "", kNow}, kNow);
    }
  });
  std::atomic<int> claims{0};
  std::vector<std::thread> workers;
  for (int worker = 0; worker < 4; ++worker) {
    workers.emplace_back([&] {
      while (true) {
        std::optional<jobs::Job> job;
        store_.write([&](jobs::Tables& t) { job = t.jobs.claim(kNow, base::Millis{1'000}, {}); });
        if (!job) return;
        ++claims;
        store_.write(
            [&](jobs::Tables& t) { EXPECT_TRUE(t.jobs.finish(*job, jobs::Done{}, kNow)); });
      }
    });
  }
  for (auto& worker : workers) worker.join();

  EXPECT_EQ(claims, kJobs);
}

// Lets no file of this process grow beyond a size, until destroyed.
class FileSizeLimit {
 public:
  FileSizeLimit() : handler_(std::signal(SIGXFSZ, SIG_IGN)) { ::getrlimit(RLIMIT_FSIZE, &before_); }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  void set(std::uintmax_t bytes_max) {
    auto limit = before_;
    limit.rlim_cur = static_cast<rlim_t>(bytes_max);
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(WriterTest, WhenTheDiskIsFullTheWholeGroupFailsAndWorkResumesLater) {
  constexpr std::size_t kCallers = 4;
  constexpr std::size_t kNoteBytes = 200'000;
  const auto append = [&](std::size_t i) {
    store_.write([&](jobs::Tables& t) {
      auto movement = receive_one(std::to_string(i));
      movement.note.assign(kNoteBytes, 'x');
      t.catalog.stock.append(movement);
    });
  };
  append(100);
  std::atomic<int> failures{0};
  {
    FileSizeLimit limit;
    run_as_one_group(
        kCallers,
        [&](std::size_t i) {
          try {
            append(i);
          } catch (const StorageError&) {
            ++failures;
          }
        },
        [&] { limit.set(std::filesystem::file_size(folder_ / "db-wal") + kNoteBytes); });
    EXPECT_EQ(failures, static_cast<int>(kCallers));
    EXPECT_EQ(on_hand(store_), 1) << "readable, and nothing of the group is there";
    EXPECT_THROW(append(200), StorageError);
  }

  append(0);

  EXPECT_EQ(on_hand(store_), 2);
  EXPECT_TRUE(store_.check().empty());
}

}  // namespace
}  // namespace storage
