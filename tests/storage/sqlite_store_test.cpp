// One file, one writer: lock, modes, read-only opening, check, backup, errors people can read.
#include "storage/sqlite/sqlite_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "storage/sqlite/database.h"
#include "tests/storage/scratch_folder.h"

namespace storage {
namespace {

using storage_test::kNow;
using storage_test::on_hand;
using storage_test::receive_one;
using storage_test::ScratchFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto kOwnerOnly =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

class SqliteStoreTest : public ::testing::Test {
 protected:
  void receive(SqliteStore& store, const std::string& event_key) {
    store.write([&](jobs::Tables& tables) {
      storage_test::put_pool(tables);
      tables.catalog.stock.append(receive_one(event_key));
    });
  }
  std::vector<std::string> file_names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      out.push_back(entry.path().filename().string());
    }
    return out;
  }

  ScratchFolder folder_;
  base::ManualClock clock_{kNow};
};

TEST_F(SqliteStoreTest, DataIsThereAfterReopening) {
  {
    SqliteStore store(folder_ / "db", clock_);
    receive(store, "1");
    EXPECT_EQ(store.schema_version(), SqliteStore::newest_schema_version());
  }
  SqliteStore store(folder_ / "db", clock_);

  EXPECT_EQ(on_hand(store), 1);
  EXPECT_THAT(store.check(), IsEmpty());
}

TEST_F(SqliteStoreTest, OnlyItsOwnerMayReadTheFiles) {
  SqliteStore store(folder_ / "db", clock_);
  receive(store, "1");

  for (const auto* name : {"db", "db-wal", "db-shm", "db.lock"}) {
    EXPECT_EQ(std::filesystem::status(folder_ / name).permissions(), kOwnerOnly) << name;
  }
}

TEST_F(SqliteStoreTest, ASecondStoreIsLockedOutUntilTheFirstIsGone) {
  {
    SqliteStore store(folder_ / "db", clock_);
    EXPECT_THROW(SqliteStore(folder_ / "db", clock_), LockedError);
  }
  EXPECT_NO_THROW(SqliteStore(folder_ / "db", clock_));
}

TEST_F(SqliteStoreTest, AReadOnlyStoreLooksOnWhileAnotherWrites) {
  SqliteStore store(folder_ / "db", clock_);
  receive(store, "1");
  const auto onlooker = SqliteStore::open_read_only(folder_ / "db");

  EXPECT_EQ(on_hand(*onlooker), 1);
  receive(store, "2");
  EXPECT_EQ(on_hand(*onlooker), 2);
  EXPECT_THROW(onlooker->write([](jobs::Tables&) {}), StorageError);
  EXPECT_THROW(onlooker->read([](jobs::Tables& t) { storage_test::put_pool(t); }), StorageError);
  EXPECT_THAT(onlooker->check(), IsEmpty());
}

TEST_F(SqliteStoreTest, AMissingFileIsNotMadeByReading) {
  EXPECT_THROW(SqliteStore::open_read_only(folder_ / "none"), StorageError);
  EXPECT_THAT(file_names(), IsEmpty());
}

TEST_F(SqliteStoreTest, AMissingFolderIsNamed) {
  try {
    SqliteStore store(folder_ / "no" / "db", clock_);
    FAIL() << "opened";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.fault(), Fault::io);
    EXPECT_THAT(error.what(), HasSubstr((folder_ / "no").string()));
  }
}

// Runs as an ordinary user in a child: the superuser may write anywhere.
TEST_F(SqliteStoreTest, AFolderThatCannotBeWrittenIsNamed) {
  constexpr uid_t kNobody = 65'534;
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_read |
                                                   std::filesystem::perms::owner_exec |
                                                   std::filesystem::perms::others_read |
                                                   std::filesystem::perms::others_exec);

  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) ::_exit(2);
    try {
      SqliteStore store(folder_ / "db", clock_);
    } catch (const StorageError& error) {
      const std::string_view text = error.what();
      const bool clear = error.fault() == Fault::io &&
                         text.find("Permission denied") != text.npos &&
                         text.find((folder_ / "db").string()) != text.npos;
      ::_exit(clear ? 0 : 3);
    }
    ::_exit(4);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  std::filesystem::permissions(folder_.path(), std::filesystem::perms::owner_all);

  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(SqliteStoreTest, CheckNamesAPoolWhoseBalanceIsNotItsLedger) {
  SqliteStore store(folder_ / "db", clock_);
  receive(store, "1");
  {
    sqlite::Database meddler(folder_ / "db", sqlite::Access::read_write);
    meddler.execute("UPDATE stock_balance SET on_hand = 5");
  }

  EXPECT_THAT(store.check(), ElementsAre(HasSubstr("pool")));
}

TEST_F(SqliteStoreTest, CheckNamesADanglingReference) {
  SqliteStore store(folder_ / "db", clock_);
  receive(store, "1");
  {
    sqlite::Database meddler(folder_ / "db", sqlite::Access::read_write);
    meddler.execute("PRAGMA foreign_keys = OFF");
    meddler.execute(
        "INSERT INTO recipe_item (sku, position, pool, base_units) "
        "VALUES ('gone', 0, 'pool', 1)");
  }

  EXPECT_THAT(store.check(), ElementsAre(HasSubstr("recipe_item")));
}

TEST_F(SqliteStoreTest, ABackupTakenUnderLoadIsSoundAndLeavesNothingElse) {
  SqliteStore store(folder_ / "db", clock_);
  receive(store, "first");
  std::filesystem::create_directory(folder_ / "backups");
  std::jthread load([&](const std::stop_token& enough) {
    for (int i = 0; !enough.stop_requested(); ++i) receive(store, std::to_string(i));
  });

  const auto target = folder_ / "backups" / "copy.db";
  EXPECT_NO_THROW(store.back_up_to(target));
  const auto first = on_hand(*SqliteStore::open_read_only(target));
  receive(store, "later");
  EXPECT_NO_THROW(store.back_up_to(target));
  load.request_stop();
  load.join();

  EXPECT_GE(first, 1);
  EXPECT_EQ(std::filesystem::status(target).permissions(), kOwnerOnly);
  base::ManualClock clock(kNow);
  SqliteStore restored(target, clock);
  EXPECT_GT(on_hand(restored), first);
  EXPECT_LE(on_hand(restored), on_hand(store));
  EXPECT_THAT(restored.check(), IsEmpty());
  std::vector<std::string> others;
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "backups")) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("copy.db")) others.push_back(name);
    EXPECT_EQ(name.find(".part-"), std::string::npos) << name;
  }
  EXPECT_THAT(others, IsEmpty());
}

TEST_F(SqliteStoreTest, ABackupIntoAMissingFolderFailsAndKeepsTheStoreWorking) {
  SqliteStore store(folder_ / "db", clock_);

  EXPECT_THROW(store.back_up_to(folder_ / "none" / "copy.db"), StorageError);

  receive(store, "1");
  EXPECT_EQ(on_hand(store), 1);
}

}  // namespace
}  // namespace storage
