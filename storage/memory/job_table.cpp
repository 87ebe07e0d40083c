#include "storage/memory/job_table.h"

#include <algorithm>
#include <tuple>

#include "storage/job_rules.h"

namespace storage::memory {
namespace {

bool same_key(const jobs::Job& a, const jobs::Job& b) {
  return a.kind == b.kind && a.account == b.account && a.subject == b.subject;
}

auto claim_order(const jobs::Job& job) {
  return std::tuple(jobs::default_priority(job.kind), job.run_at, job.id);
}

}  // namespace

const JobRow* JobTable::waiting_twin(const jobs::Job& job) const {
  for (const auto& [id, row] : transaction_.state().jobs) {
    if (id != job.id && is_waiting(row.job.state) && same_key(row.job, job)) return &row;
  }
  return nullptr;
}

// The row that `job` still holds: same token, running.
const JobRow* JobTable::held(const jobs::Job& job) const {
  const auto& rows = transaction_.state().jobs;
  const auto found = rows.find(job.id);
  if (found == rows.end()) return nullptr;
  const auto& now = found->second.job;
  const bool holds = now.state == jobs::JobState::running && now.token == job.token;
  return holds ? &found->second : nullptr;
}

void JobTable::save(const JobRow& row) {
  transaction_.undo().assign(transaction_.changing().jobs, row.job.id, row);
}

// Makes the row wait again, or folds it into the twin that waits already.
void JobTable::put_back(JobRow row, base::Instant now) {
  const auto* present = waiting_twin(row.job);
  if (present != nullptr) {
    JobRow twin = *present;
    twin.job.run_at = std::min(twin.job.run_at, row.job.run_at);
    twin.job.crashes = std::max(twin.job.crashes, row.job.crashes);
    save(twin);
    row.job.state = jobs::JobState::completed;
    row.finished_at = now;
  }
  save(row);
}

jobs::JobId JobTable::enqueue(const jobs::NewJob& job, base::Instant now) {
  auto& state = transaction_.changing();
  JobRow row;
  row.job.id = jobs::JobId{state.last_job_id + 1};
  row.job.kind = job.kind;
  row.job.account = job.account;
  row.job.subject = job.subject;
  row.job.run_at = job.run_at;
  row.job.created_at = now;
  row.job.state = job.run_at <= now ? jobs::JobState::available : jobs::JobState::scheduled;
  if (const auto* present = waiting_twin(row.job)) {
    JobRow twin = *present;
    twin.job.run_at = std::min(twin.job.run_at, job.run_at);
    save(twin);
    return twin.job.id;
  }
  const auto before = state.last_job_id++;
  transaction_.undo().add([&state, before] { state.last_job_id = before; });
  save(row);
  return row.job.id;
}

std::optional<jobs::Job> JobTable::claim(base::Instant now, base::Millis lease,
                                         const std::vector<std::string>& busy_accounts) {
  const JobRow* first = nullptr;
  for (const auto& [id, row] : transaction_.changing().jobs) {
    if (!is_waiting(row.job.state) || row.job.run_at > now) continue;
    const auto& account = row.job.account.text;
    if (std::find(busy_accounts.begin(), busy_accounts.end(), account) != busy_accounts.end()) {
      continue;
    }
    if (first == nullptr || claim_order(row.job) < claim_order(first->job)) first = &row;
  }
  if (first == nullptr) return std::nullopt;
  JobRow claimed = *first;
  claimed.job.state = jobs::JobState::running;
  claimed.job.lease_until = now + lease;
  ++claimed.job.token;
  save(claimed);
  return claimed.job;
}

bool JobTable::extend(const jobs::Job& job, base::Instant lease_until) {
  transaction_.changing();
  const auto* present = held(job);
  if (present == nullptr) return false;
  JobRow row = *present;
  row.job.lease_until = lease_until;
  save(row);
  return true;
}

bool JobTable::finish(const jobs::Job& job, const jobs::Outcome& outcome, base::Instant now) {
  transaction_.changing();
  const auto* present = held(job);
  if (present == nullptr) return false;
  JobRow row{after(present->job, outcome, now), now};
  if (is_waiting(row.job.state)) {
    put_back(row, now);
  } else {
    save(row);
  }
  prune(now);
  return true;
}

void JobTable::prune(base::Instant now) {
  std::vector<jobs::JobId> old;
  for (const auto& [id, row] : transaction_.state().jobs) {
    if (old.size() == kPrunedAtOnceMax) break;
    const bool completed = row.job.state == jobs::JobState::completed;
    if (completed && row.finished_at < now - kCompletedKept) old.push_back(id);
  }
  for (const auto& id : old) transaction_.undo().erase(transaction_.changing().jobs, id);
}

int JobTable::rescue(base::Instant now) {
  std::vector<JobRow> lost;
  for (const auto& [id, row] : transaction_.changing().jobs) {
    if (row.job.state == jobs::JobState::running && row.job.lease_until <= now) lost.push_back(row);
  }
  for (auto& row : lost) {
    row.job = after_crash(row.job);
    row.finished_at = now;
    if (is_waiting(row.job.state)) {
      put_back(row, now);
    } else {
      save(row);
    }
  }
  return static_cast<int>(lost.size());
}

jobs::JobCounts JobTable::counts(base::Instant until) {
  jobs::JobCounts out;
  for (const auto& [id, row] : transaction_.state().jobs) {
    if (is_waiting(row.job.state)) ++(row.job.run_at <= until ? out.due : out.later);
    if (row.job.state == jobs::JobState::running) ++out.running;
    if (row.job.state == jobs::JobState::discarded) ++out.discarded;
  }
  return out;
}

std::optional<base::Instant> JobTable::next_run_at() {
  std::optional<base::Instant> out;
  for (const auto& [id, row] : transaction_.state().jobs) {
    if (is_waiting(row.job.state)) out = std::min(out.value_or(row.job.run_at), row.job.run_at);
  }
  return out;
}

std::vector<jobs::Job> JobTable::list(std::optional<jobs::JobState> state, std::size_t rows_max) {
  std::vector<jobs::Job> out;
  for (const auto& [id, row] : transaction_.state().jobs) {
    if (out.size() == rows_max) break;
    if (!state || row.job.state == *state) out.push_back(row.job);
  }
  return out;
}

bool JobTable::retry(jobs::JobId id, base::Instant now) {
  auto row = find(transaction_.changing().jobs, id);
  if (!row) return false;
  auto& job = row->job;
  if (job.state == jobs::JobState::running || job.state == jobs::JobState::completed) return false;
  job.state = jobs::JobState::available;
  job.run_at = now;
  job.attempt = 0;
  job.crashes = 0;
  put_back(*row, now);
  return true;
}

bool JobTable::outbox_waits() {
  return !transaction_.state().outbox.empty();
}

std::vector<jobs::Change> JobTable::take_outbox(std::size_t rows_max) {
  auto& outbox = transaction_.changing().outbox;
  std::vector<jobs::Change> out;
  out.reserve(outbox.size());
  for (const auto& [key, at] : outbox) out.push_back({key.first, key.second, at});
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.at, catalog::to_string(a.kind), a.account) <
           std::tuple(b.at, catalog::to_string(b.kind), b.account);
  });
  if (out.size() > rows_max) out.resize(rows_max);
  for (const auto& change : out) transaction_.undo().erase(outbox, {change.kind, change.account});
  return out;
}

}  // namespace storage::memory
