// The queue, the outbox and the channels' small tables, over every store.
#include <algorithm>
#include <set>

#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using namespace std::chrono_literals;
using jobs::JobKind;
using jobs::JobState;
using jobs::Tables;

class JobContract : public StoreContract {
 protected:
  jobs::JobId enqueue(JobKind kind, const std::string& account, base::Millis from_now = 0ms,
                      const std::string& subject = "") {
    jobs::JobId id;
    write([&](Tables& t) {
      id = t.jobs.enqueue({kind, catalog::AccountId{account}, subject, now() + from_now}, now());
    });
    return id;
  }
  std::optional<jobs::Job> claim(const std::vector<std::string>& busy = {}) {
    std::optional<jobs::Job> out;
    write([&](Tables& t) { out = t.jobs.claim(now(), 60s, busy); });
    return out;
  }
  bool finish(const jobs::Job& job, const jobs::Outcome& outcome) {
    bool out = false;
    write([&](Tables& t) { out = t.jobs.finish(job, outcome, now()); });
    return out;
  }
  int rescue() {
    int out = 0;
    write([&](Tables& t) { out = t.jobs.rescue(now()); });
    return out;
  }
  bool retry(jobs::JobId id) {
    bool out = false;
    write([&](Tables& t) { out = t.jobs.retry(id, now()); });
    return out;
  }
  std::optional<jobs::Job> job(jobs::JobId id) {
    for (const auto& row : all()) {
      if (row.id == id) return row;
    }
    return std::nullopt;
  }
  std::vector<jobs::Job> all(std::optional<JobState> state = std::nullopt) {
    return read([&](Tables& t) { return t.jobs.list(state, 10'000); });
  }
  base::Instant now() const { return clock_.now(); }
};

INSTANTIATE_TEST_SUITE_P(Stores, JobContract,
                         ::testing::Values(StoreKind::memory, StoreKind::sqlite), kind_name);

TEST_P(JobContract, AClaimTakesTheFirstDueJobAndMarksItRunning) {
  const auto late = enqueue(JobKind::pull_orders, "a1", 1h);
  const auto stock = enqueue(JobKind::push_stock, "a1", -1min);
  const auto orders = enqueue(JobKind::pull_orders, "a2");

  const auto first = claim();
  const auto second = claim();
  const auto third = claim();

  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, orders);
  EXPECT_EQ(first->state, JobState::running);
  EXPECT_EQ(first->token, 1);
  EXPECT_EQ(first->lease_until, now() + 60s);
  EXPECT_EQ(first->created_at, now());
  EXPECT_EQ(second->id, stock);
  EXPECT_FALSE(third);
  EXPECT_EQ(job(late)->state, JobState::scheduled);
  clock_.advance(1h);
  EXPECT_EQ(claim()->id, late);
}

TEST_P(JobContract, JobsOfOnePriorityGoByTimeThenById) {
  const auto newer = enqueue(JobKind::push_stock, "a1", -1min);
  const auto older = enqueue(JobKind::push_stock, "a2", -2min);
  const auto same = enqueue(JobKind::push_stock, "a3", -1min);

  EXPECT_EQ(claim()->id, older);
  EXPECT_EQ(claim()->id, newer);
  EXPECT_EQ(claim()->id, same);
}

TEST_P(JobContract, AccountsThatAreBusyAreSkipped) {
  enqueue(JobKind::pull_orders, "a1");
  const auto other = enqueue(JobKind::push_stock, "a2");

  EXPECT_EQ(claim({"a1"})->id, other);
  EXPECT_FALSE(claim({"a1"}));
  std::vector<std::string> many;
  for (int i = 0; i < 40; ++i) many.push_back("a" + std::to_string(i));
  EXPECT_FALSE(claim(many));
  EXPECT_EQ(claim({"a2", "a3", "a4", "a5", "a6"})->account.text, "a1");
}

TEST_P(JobContract, AWaitingTwinIsMovedToTheEarlierTimeInsteadOfDoubled) {
  const auto id = enqueue(JobKind::push_stock, "a1", 10min);

  EXPECT_EQ(enqueue(JobKind::push_stock, "a1", 20min), id);
  EXPECT_EQ(job(id)->run_at, now() + 10min);
  EXPECT_EQ(enqueue(JobKind::push_stock, "a1", 0ms), id);
  EXPECT_EQ(job(id)->run_at, now());
  EXPECT_NE(enqueue(JobKind::push_stock, "a1", 0ms, "part"), id);
  EXPECT_NE(enqueue(JobKind::push_stock, "a2", 0ms), id);
  EXPECT_NE(enqueue(JobKind::push_prices, "a1", 0ms), id);
  EXPECT_EQ(all().size(), 4u);
}

TEST_P(JobContract, ARunningJobDoesNotCountAsATwin) {
  const auto id = enqueue(JobKind::push_stock, "a1");
  claim();

  EXPECT_NE(enqueue(JobKind::push_stock, "a1"), id);
  EXPECT_EQ(all().size(), 2u);
}

TEST_P(JobContract, EveryOutcomeEndsInItsState) {
  const base::Error error{base::ErrorCode::unavailable, "không gọi được", {}, {}};
  struct Case {
    jobs::Outcome outcome;
    JobState state;
    int attempt;
    base::Millis delay;
    std::string code;
    std::string text;
  };
  const std::vector<Case> cases{
      {jobs::Done{}, JobState::completed, 0, 0ms, "", ""},
      {jobs::Snooze{5s, "chờ"}, JobState::scheduled, 0, 5s, "", "chờ"},
      {jobs::Retry{7s, error}, JobState::retryable, 1, 7s, "unavailable", "không gọi được"},
      {jobs::Cancel{"tạm dừng"}, JobState::cancelled, 0, 0ms, "", "tạm dừng"},
      {jobs::Discard{error}, JobState::discarded, 0, 0ms, "unavailable", "không gọi được"},
  };

  for (const auto& expected : cases) {
    const auto id = enqueue(JobKind::push_stock, "a1", 0ms, "case");
    const auto claimed = claim();
    ASSERT_TRUE(claimed);
    ASSERT_TRUE(finish(*claimed, expected.outcome));
    const auto after = *job(id);
    EXPECT_EQ(after.state, expected.state);
    EXPECT_EQ(after.attempt, expected.attempt);
    EXPECT_EQ(after.run_at, now() + expected.delay);
    EXPECT_EQ(after.last_error_code, expected.code);
    EXPECT_EQ(after.last_error, expected.text);
    EXPECT_FALSE(finish(*claimed, jobs::Done{})) << "a finished job is not held any more";
    clock_.advance(1min);
    if (const auto again = claim()) finish(*again, jobs::Done{});
  }
}

TEST_P(JobContract, ALostLeaseMakesExtendAndFinishFail) {
  enqueue(JobKind::push_stock, "a1");
  const auto first = *claim();
  write([&](Tables& t) { EXPECT_TRUE(t.jobs.extend(first, now() + 120s)); });
  clock_.advance(60s);
  EXPECT_EQ(rescue(), 0) << "the lease was extended";
  clock_.advance(60s);
  EXPECT_EQ(rescue(), 1);
  write([&](Tables& t) { EXPECT_FALSE(t.jobs.extend(first, now() + 120s)); });

  const auto second = *claim();

  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(second.token, first.token + 1);
  EXPECT_EQ(second.attempt, 0);
  EXPECT_EQ(second.crashes, 1);
  EXPECT_FALSE(finish(first, jobs::Done{}));
  EXPECT_EQ(job(first.id)->state, JobState::running);
  EXPECT_TRUE(finish(second, jobs::Done{}));
}

TEST_P(JobContract, TheThirdCrashDiscardsWithAReason) {
  const auto id = enqueue(JobKind::push_stock, "a1");
  for (int crash = 1; crash <= 3; ++crash) {
    ASSERT_TRUE(claim());
    clock_.advance(61s);
    EXPECT_EQ(rescue(), 1);
    EXPECT_EQ(job(id)->crashes, crash);
    EXPECT_EQ(job(id)->state, crash < 3 ? JobState::available : JobState::discarded);
  }
  EXPECT_FALSE(job(id)->last_error.empty());
  EXPECT_FALSE(claim());
}

TEST_P(JobContract, AJobPutBackBesideAWaitingTwinIsFoldedIntoIt) {
  for (const bool snooze : {true, false}) {
    const auto id = enqueue(JobKind::push_stock, "a1");
    const auto running = *claim();
    const auto twin = enqueue(JobKind::push_stock, "a1", 10min);
    const base::Millis delay = snooze ? 5min : 20min;
    const jobs::Outcome outcome =
        snooze ? jobs::Outcome{jobs::Snooze{delay, ""}} : jobs::Outcome{jobs::Retry{delay, {}}};

    ASSERT_TRUE(finish(running, outcome));

    EXPECT_EQ(job(id)->state, JobState::completed);
    EXPECT_EQ(job(twin)->state, JobState::scheduled);
    EXPECT_EQ(job(twin)->run_at, now() + std::min<base::Millis>(delay, 10min));
    clock_.advance(1h);
    ASSERT_TRUE(finish(*claim(), jobs::Done{}));
  }
}

TEST_P(JobContract, ACrashedJobBesideAWaitingTwinIsFoldedIntoIt) {
  const auto id = enqueue(JobKind::push_stock, "a1");
  claim();
  const auto twin = enqueue(JobKind::push_stock, "a1", 10min);
  clock_.advance(2min);

  EXPECT_EQ(rescue(), 1);

  EXPECT_EQ(job(id)->state, JobState::completed);
  EXPECT_EQ(job(twin)->crashes, 1);
  EXPECT_EQ(claim()->id, twin);
}

TEST_P(JobContract, CountsAndNextRunTellWhatWaits) {
  EXPECT_FALSE(read([](Tables& t) { return t.jobs.next_run_at(); }));
  enqueue(JobKind::pull_orders, "a1");
  claim();
  enqueue(JobKind::push_stock, "a1", 1min);
  enqueue(JobKind::push_stock, "a2", 2min);
  enqueue(JobKind::reconcile, "a3");
  ASSERT_TRUE(finish(*claim(), jobs::Discard{}));

  const auto counts = read([this](Tables& t) { return t.jobs.counts(now() + 1min); });

  EXPECT_EQ(counts.due, 1);
  EXPECT_EQ(counts.later, 1);
  EXPECT_EQ(counts.running, 1);
  EXPECT_EQ(counts.discarded, 1);
  EXPECT_EQ(read([](Tables& t) { return t.jobs.next_run_at(); }), now() + 1min);
}

TEST_P(JobContract, JobsAreListedByIdAndState) {
  const auto first = enqueue(JobKind::push_stock, "a1", 1h);
  const auto second = enqueue(JobKind::pull_orders, "a1");
  enqueue(JobKind::pull_orders, "a2");
  claim();

  const auto rows = all();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].id, first);
  EXPECT_EQ(rows[1].id, second);
  EXPECT_EQ(all(JobState::running).size(), 1u);
  EXPECT_EQ(all(JobState::running)[0].id, second);
  EXPECT_EQ(read([](Tables& t) { return t.jobs.list(std::nullopt, 2).size(); }), 2u);
}

TEST_P(JobContract, RetryRevivesADiscardedJob) {
  const auto id = enqueue(JobKind::push_stock, "a1");
  const auto running = *claim();
  EXPECT_FALSE(retry(id)) << "it runs";
  ASSERT_TRUE(finish(running, jobs::Discard{{base::ErrorCode::rejected, "no", {}, {}}}));
  clock_.advance(1min);

  EXPECT_TRUE(retry(id));
  EXPECT_EQ(job(id)->state, JobState::available);
  EXPECT_EQ(job(id)->run_at, now());
  ASSERT_TRUE(finish(*claim(), jobs::Done{}));
  EXPECT_FALSE(retry(id)) << "it is completed";
  EXPECT_FALSE(retry(jobs::JobId{999}));
}

TEST_P(JobContract, RetryBesideAWaitingTwinHastensTheTwin) {
  const auto id = enqueue(JobKind::push_stock, "a1");
  ASSERT_TRUE(finish(*claim(), jobs::Discard{}));
  const auto twin = enqueue(JobKind::push_stock, "a1", 1h);

  EXPECT_TRUE(retry(id));

  EXPECT_EQ(claim()->id, twin);
  EXPECT_FALSE(claim());
}

TEST_P(JobContract, CompletedJobsAreForgottenAfterAWeekDiscardedOnesAreKept) {
  const auto done = enqueue(JobKind::push_stock, "a1");
  ASSERT_TRUE(finish(*claim(), jobs::Done{}));
  const auto dead = enqueue(JobKind::push_stock, "a1");
  ASSERT_TRUE(finish(*claim(), jobs::Discard{}));
  clock_.advance(7 * 24h + 1s);
  const auto last = enqueue(JobKind::push_stock, "a1");

  ASSERT_TRUE(finish(*claim(), jobs::Done{}));

  EXPECT_FALSE(job(done));
  EXPECT_TRUE(job(dead));
  EXPECT_TRUE(job(last));
}

TEST_P(JobContract, TheOutboxTellsEachKindAndAccountOnce) {
  using catalog::ChangeKind;
  const auto announce = [&](ChangeKind kind, const char* account, base::Instant at) {
    write([&](Tables& t) { t.catalog.outbox.announce(kind, catalog::AccountId{account}, at); });
  };
  const auto take = [&](std::size_t rows_max) {
    std::string out;
    write([&](Tables& t) {
      for (const auto& change : t.jobs.take_outbox(rows_max)) {
        out += std::string(catalog::to_string(change.kind)) + ":" + change.account.text + "@" +
               std::to_string((change.at - now()).count()) + " ";
      }
    });
    return out;
  };
  announce(ChangeKind::stock, "a1", now() + 2ms);
  announce(ChangeKind::stock, "a1", now() + 9ms);
  announce(ChangeKind::price, "a1", now() + 1ms);
  announce(ChangeKind::stock, "a2", now() + 3ms);

  EXPECT_EQ(take(2), "price:a1@1 stock:a1@2 ");
  announce(ChangeKind::stock, "a1", now() + 4ms);
  EXPECT_EQ(take(10), "stock:a2@3 stock:a1@4 ");
  EXPECT_EQ(take(10), "");
}

TEST_P(JobContract, AnOrderMarkRemembersTheOpenWindow) {
  const catalog::AccountId a1{"a1"};
  const jobs::OrderMark open{now(), now() + 1h, "page-2"};
  const jobs::OrderMark closed{now() + 1h, std::nullopt, ""};
  EXPECT_FALSE(read([&](Tables& t) { return t.cursors.mark(a1); }));

  write([&](Tables& t) { t.cursors.put(a1, open); });
  EXPECT_EQ(read([&](Tables& t) { return t.cursors.mark(a1); }), open);
  write([&](Tables& t) { t.cursors.put(a1, closed); });
  EXPECT_EQ(read([&](Tables& t) { return t.cursors.mark(a1); }), closed);
}

TEST_P(JobContract, ASealedSessionIsAnyBytes) {
  const catalog::AccountId a1{"a1"};
  const std::string sealed("\x00\xff\x80 bytes\x00", 10);

  write([&](Tables& t) { t.sessions.save(a1, "older"); });
  write([&](Tables& t) { t.sessions.save(a1, sealed); });

  EXPECT_EQ(read([&](Tables& t) { return t.sessions.load(a1); }), sealed);
  EXPECT_FALSE(read([&](Tables& t) { return t.sessions.load(catalog::AccountId{"a2"}); }));
}

TEST_P(JobContract, ThePaceOfCallsIsKeptByNameAndByGroup) {
  const catalog::AccountId a1{"a1"};
  connectors::common::BucketState bucket{-7'500'000, 500, now(), now() + 60s};
  connectors::common::BreakerState open{true, now() + 30s, 2, "HTTP 503"};
  write([&](Tables& t) {
    t.catalog.listings.put(make_account("a1"));
    t.pace.put("shop/a1", connectors::common::BucketState{});
    t.pace.put("shop/a1", bucket);
    t.pace.put("app/x", bucket);
    t.pace.put(a1, "stock", connectors::common::BreakerState{});
    t.pace.put(a1, "stock", open);
    t.pace.put(a1, "orders", connectors::common::BreakerState{});
    EXPECT_THROW(t.pace.put(catalog::AccountId{"nobody"}, "stock", open), storage::StorageError);
  });

  store_->read([&](Tables& t) {
    EXPECT_EQ(t.pace.bucket("shop/a1"), bucket);
    EXPECT_FALSE(t.pace.bucket("shop/a2"));
    const auto buckets = t.pace.buckets();
    ASSERT_EQ(buckets.size(), 2u);
    EXPECT_EQ(buckets[0].name, "app/x");
    const auto breakers = t.pace.breakers(a1);
    ASSERT_EQ(breakers.size(), 2u);
    EXPECT_EQ(breakers[0].group, "orders");
    EXPECT_EQ(breakers[1].state, open);
    EXPECT_TRUE(t.pace.breakers(catalog::AccountId{"a2"}).empty());
    EXPECT_THROW(t.pace.put("shop/a1", bucket), storage::StorageError);
  });
}

TEST_P(JobContract, AnUploadedPictureIsKnownUntilItIsTooOld) {
  const catalog::AccountId a1{"a1"};
  write([&](Tables& t) {
    t.catalog.listings.put(make_account("a1"));
    t.uploads.put(a1, "abc", "old-id", now() - 5s);
    t.uploads.put(a1, "abc", "id-1", now());
    EXPECT_THROW(t.uploads.put(a1, "abc", "", now()), storage::StorageError);
  });
  EXPECT_EQ(read([&](Tables& t) { return t.uploads.find(a1, "abc", now()); }), "id-1");
  EXPECT_FALSE(read([&](Tables& t) { return t.uploads.find(a1, "abc", now() + 1s); }));
  EXPECT_FALSE(
      read([&](Tables& t) { return t.uploads.find(catalog::AccountId{"a2"}, "abc", {}); }));

  write([&](Tables& t) { t.uploads.erase(a1, "abc"); });

  EXPECT_FALSE(read([&](Tables& t) { return t.uploads.find(a1, "abc", {}); }));
}

TEST_P(JobContract, AWorksheetKeepsItsRowsInTypingOrderUntilConfirmed) {
  const catalog::AccountId voso{"voso"};
  const auto row = [](int position, const char* sku) {
    jobs::WorksheetRow out;
    out.position = position;
    out.sku.text = sku;
    out.action = jobs::WorksheetAction::create;
    out.price_new = 25'000;
    out.stock_old = 3;
    out.stock_new = 0;
    out.content_hash = "hash";
    return out;
  };
  jobs::WorksheetId first;
  write([&](Tables& t) {
    first = t.worksheets.insert({{}, voso, "voso-1", now(), {row(2, "B"), row(1, "A")}});
    t.worksheets.insert({{}, voso, "voso-2", now() + 1s, {row(1, "C")}});
    t.worksheets.insert({{}, catalog::AccountId{"postmart"}, "pm-1", now(), {row(1, "A")}});
    EXPECT_THROW(t.worksheets.insert({{}, voso, "voso-1", now(), {}}), storage::StorageError);
  });
  EXPECT_EQ(read([&](Tables& t) { return skus(t.worksheets.open_rows(voso)); }), "B A C");

  write([&](Tables& t) {
    t.worksheets.confirm(first, catalog::Sku{"A"}, now() + 5s, "bưu cục 1");
    t.worksheets.confirm(first, catalog::Sku{"A"}, now() + 9s, "second time changes nothing");
    EXPECT_THROW(t.worksheets.confirm(jobs::WorksheetId{99}, catalog::Sku{"A"}, now(), ""),
                 storage::StorageError);
  });

  store_->read([&](Tables& t) {
    EXPECT_EQ(skus(t.worksheets.open_rows(voso)), "B C");
    const auto sheet = t.worksheets.worksheet("voso-1");
    ASSERT_TRUE(sheet);
    EXPECT_EQ(sheet->id, first);
    EXPECT_EQ(sheet->account, voso);
    EXPECT_EQ(sheet->created_at, now());
    EXPECT_EQ(sheet->rows, t.worksheets.rows(first));
    auto expected = row(1, "A");
    expected.worksheet = first;
    expected.confirmed_at = now() + 5s;
    expected.confirmed_by = "bưu cục 1";
    ASSERT_EQ(sheet->rows.size(), 2u);
    EXPECT_EQ(sheet->rows[1], expected);
    EXPECT_FALSE(t.worksheets.worksheet("none"));
    const auto sheets = t.worksheets.worksheets(voso, 10);
    ASSERT_EQ(sheets.size(), 2u);
    EXPECT_EQ(sheets[0].stem, "voso-2");
    EXPECT_EQ(sheets[1].rows.size(), 2u);
    EXPECT_EQ(t.worksheets.worksheets(voso, 1).size(), 1u);
  });
}

}  // namespace
}  // namespace contract
