#pragma once
// A MemoryStore, one account on a FakeConnector, and an engine on a clock that the waiter moves.
// Pool "rau" (pieces), SKU "BAG" (one piece). Threads: one per instance.
#include <memory>
#include <vector>

#include "jobs/content.h"
#include "jobs/engine.h"
#include "storage/memory/memory_store.h"
#include "tests/jobs/fake_connector.h"

namespace jobs_test {

inline const catalog::AccountId kShop{"shop"};
inline const catalog::Sku kBag{"BAG"};
inline const catalog::PoolId kPool{"rau"};

class Notes final : public jobs::Observer {
 public:
  void job_started(const jobs::Job&) override {}
  void job_finished(const jobs::Job& job, const jobs::Outcome& outcome) override {
    finished.emplace_back(job.kind, outcome);
  }
  void moved(const catalog::AccountId&, const std::string&, std::int64_t) override {}
  void notice(const catalog::AccountId&, const base::Error& error) override {
    notices.push_back(error);
  }
  std::vector<std::pair<jobs::JobKind, jobs::Outcome>> finished;
  std::vector<base::Error> notices;
};

class JobWorld {
 public:
  explicit JobWorld(std::int64_t on_hand);

  void want();  // the shop should show the SKU
  void live();  // want(), published and at rest
  void set_on_hand(std::int64_t pieces);
  void reprice(std::int64_t dong);
  void enqueue(jobs::JobKind kind, const std::string& subject = {});
  // A fresh engine on the same store, as after a start.
  jobs::DrainResult drain(base::Millis patience);
  void crash();  // drains until the connector kills us

  catalog::ListingStock stock();
  catalog::Listing listing();
  catalog::PoolBalance balance();
  int discarded();

  base::ManualClock clock{base::from_unix_ms(1'795'000'000'000)};
  storage::MemoryStore store;
  std::shared_ptr<FakeConnector> fake = std::make_shared<FakeConnector>();
  Notes notes;
  jobs::Services services;

 private:
  connectors::common::ManualWaiter waiter_{clock};
  int counts_ = 0;
};

}  // namespace jobs_test
