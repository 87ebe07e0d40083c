#include "storage/sqlite/job_table.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <tuple>

#include "storage/job_rules.h"
#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

#define JOB_COLUMNS                                                                   \
  "id, kind, account, subject, state, attempt, crashes, token, run_at, lease_until, " \
  "created_at, last_error_code, last_error "
#define WAITING "state IN ('scheduled', 'available', 'retryable') "
constexpr const char* kEnqueue =
    "INSERT INTO job (kind, account, subject, state, priority, run_at, created_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (kind, account, subject) WHERE " WAITING
    "DO UPDATE SET run_at = CASE WHEN excluded.run_at < job.run_at THEN excluded.run_at "
    "ELSE job.run_at END RETURNING id";
constexpr const char* kHeld =
    "SELECT " JOB_COLUMNS "FROM job WHERE id = ? AND token = ? AND state = 'running'";
constexpr const char* kById = "SELECT " JOB_COLUMNS "FROM job WHERE id = ?";
constexpr const char* kExtend =
    "UPDATE job SET lease_until = ? WHERE id = ? AND token = ? AND state = 'running'";
constexpr const char* kSave =
    "UPDATE job SET state = ?, attempt = ?, crashes = ?, run_at = ?, lease_until = ?, "
    "finished_at = ?, last_error_code = ?, last_error = ? WHERE id = ?";
constexpr const char* kFoldIntoTwin =
    "UPDATE job SET run_at = CASE WHEN ?1 < run_at THEN ?1 ELSE run_at END, "
    "crashes = CASE WHEN ?2 > crashes THEN ?2 ELSE crashes END "
    "WHERE kind = ?3 AND account = ?4 AND subject = ?5 AND id <> ?6 AND " WAITING;
constexpr const char* kPrune =
    "DELETE FROM job WHERE id IN (SELECT id FROM job WHERE state = 'completed' "
    "AND finished_at < ? ORDER BY finished_at LIMIT ?)";
constexpr const char* kLost =
    "SELECT " JOB_COLUMNS "FROM job WHERE state = 'running' AND lease_until <= ? ORDER BY id";
constexpr const char* kCounts = "SELECT (SELECT count(*) FROM job WHERE " WAITING
                                "AND run_at <= ?1), "
                                "(SELECT count(*) FROM job WHERE state = 'running'), "
                                "(SELECT count(*) FROM job WHERE " WAITING
                                "AND run_at > ?1), "
                                "(SELECT count(*) FROM job WHERE state = 'discarded')";
constexpr const char* kNextRunAt = "SELECT min(run_at) FROM job WHERE " WAITING;
constexpr const char* kList = "SELECT " JOB_COLUMNS "FROM job ORDER BY id LIMIT ?";
constexpr const char* kListOf =
    "SELECT " JOB_COLUMNS "FROM job WHERE state = ? ORDER BY id LIMIT ?";
constexpr const char* kOutboxWaits = "SELECT 1 FROM outbox LIMIT 1";
constexpr const char* kTakeOutbox =
    "DELETE FROM outbox WHERE (kind, account) IN (SELECT kind, account FROM outbox "
    "ORDER BY at, kind, account LIMIT ?) RETURNING kind, account, at";

// One text for each number of excluded accounts; a shorter list is filled up with its last one.
constexpr std::array<std::size_t, 5> kBusySizes{0, 4, 32, 128, JobTable::kBusyAccountsMax};

std::string claim_text(std::size_t busy) {
  std::string excluded;
  for (std::size_t i = 0; i < busy; ++i) excluded += i == 0 ? "?" : ", ?";
  if (busy > 0) excluded = "AND account NOT IN (" + excluded + ") ";
  return "UPDATE job SET state = 'running', lease_until = ?, token = token + 1 WHERE id = "
         "(SELECT id FROM job WHERE " WAITING "AND run_at <= ? " +
         excluded + "ORDER BY priority, run_at, id LIMIT 1) RETURNING " JOB_COLUMNS;
}
#undef WAITING
#undef JOB_COLUMNS

std::size_t busy_size_index(std::size_t busy) {
  const auto* size = std::lower_bound(kBusySizes.begin(), kBusySizes.end(), busy);
  if (size == kBusySizes.end()) throw std::invalid_argument("too many busy accounts");
  return static_cast<std::size_t>(size - kBusySizes.begin());
}

const char* claim_sql(std::size_t size_index) {
  static const auto texts = [] {
    std::array<std::string, kBusySizes.size()> out;
    std::transform(kBusySizes.begin(), kBusySizes.end(), out.begin(), claim_text);
    return out;
  }();
  return texts.at(size_index).c_str();
}

jobs::Job read_job(Query& row) {
  jobs::Job out;
  out.id.value = row.integer();
  out.kind = known(jobs::job_kind_from(row.view()));
  out.account.text = row.view();
  out.subject = row.view();
  out.state = known(jobs::job_state_from(row.view()));
  out.attempt = row.small();
  out.crashes = row.small();
  out.token = row.integer();
  out.run_at = row.instant();
  out.lease_until = row.instant();
  out.created_at = row.instant();
  out.last_error_code = row.view();
  out.last_error = row.view();
  return out;
}

std::optional<jobs::Job> read_one(Query& query) {
  if (!query.step()) return std::nullopt;
  return read_job(query);
}

std::vector<jobs::Job> read_all(Query& query) {
  std::vector<jobs::Job> out;
  while (query.step()) out.push_back(read_job(query));
  return out;
}

std::optional<jobs::Job> held(Database& database, const jobs::Job& job) {
  Query query(database, kHeld);
  query.bind(job.id, job.token);
  return read_one(query);
}

}  // namespace

jobs::JobId JobTable::enqueue(const jobs::NewJob& job, base::Instant now) {
  const auto state = job.run_at <= now ? jobs::JobState::available : jobs::JobState::scheduled;
  Query query(database_, kEnqueue);
  query.bind(word(job.kind), job.account, job.subject, word(state),
             jobs::default_priority(job.kind), job.run_at, now);
  query.step();
  return jobs::JobId{query.integer()};
}

std::optional<jobs::Job> JobTable::claim(base::Instant now, base::Millis lease,
                                         const std::vector<std::string>& busy_accounts) {
  const auto size_index = busy_size_index(busy_accounts.size());
  Query query(database_, claim_sql(size_index));
  query.bind(now + lease, now);
  for (std::size_t i = 0; i < kBusySizes.at(size_index); ++i) {
    query.bind(busy_accounts[std::min(i, busy_accounts.size() - 1)]);
  }
  return read_one(query);
}

bool JobTable::extend(const jobs::Job& job, base::Instant lease_until) {
  Query query(database_, kExtend);
  query.bind(lease_until, job.id, job.token);
  return query.run() == 1;
}

void JobTable::save(const jobs::Job& job, base::Instant finished_at) {
  Query query(database_, kSave);
  query.bind(word(job.state), job.attempt, job.crashes, job.run_at, job.lease_until, finished_at,
             job.last_error_code, job.last_error, job.id);
  query.run();
}

bool JobTable::fold_into_twin(const jobs::Job& job) {
  Query query(database_, kFoldIntoTwin);
  query.bind(job.run_at, job.crashes, word(job.kind), job.account, job.subject, job.id);
  return query.run() == 1;
}

// Makes the row wait again, or folds it into the twin that waits already.
void JobTable::put_back(jobs::Job job, base::Instant now) {
  if (fold_into_twin(job)) job.state = jobs::JobState::completed;
  save(job, now);
}

bool JobTable::finish(const jobs::Job& job, const jobs::Outcome& outcome, base::Instant now) {
  const auto present = held(database_, job);
  if (!present) return false;
  const auto next = after(*present, outcome, now);
  if (is_waiting(next.state)) {
    put_back(next, now);
  } else {
    save(next, now);
  }
  prune(now);
  return true;
}

void JobTable::prune(base::Instant now) {
  Query query(database_, kPrune);
  query.bind(now - kCompletedKept, kPrunedAtOnceMax);
  query.run();
}

int JobTable::rescue(base::Instant now) {
  std::vector<jobs::Job> lost;
  {
    Query query(database_, kLost);
    query.bind(now);
    lost = read_all(query);
  }
  for (const auto& job : lost) {
    const auto next = after_crash(job);
    if (is_waiting(next.state)) {
      put_back(next, now);
    } else {
      save(next, now);
    }
  }
  return static_cast<int>(lost.size());
}

jobs::JobCounts JobTable::counts(base::Instant until) {
  Query query(database_, kCounts);
  query.bind(until);
  jobs::JobCounts out;
  if (!query.step()) return out;
  out.due = query.integer();
  out.running = query.integer();
  out.later = query.integer();
  out.discarded = query.integer();
  return out;
}

std::optional<base::Instant> JobTable::next_run_at() {
  Query query(database_, kNextRunAt);
  if (!query.step()) return std::nullopt;
  return query.maybe_instant();
}

std::vector<jobs::Job> JobTable::list(std::optional<jobs::JobState> state, std::size_t rows_max) {
  Query query(database_, state ? kListOf : kList);
  if (state) query.bind(word(*state));
  query.bind(rows_max);
  return read_all(query);
}

bool JobTable::retry(jobs::JobId id, base::Instant now) {
  std::optional<jobs::Job> job;
  {
    Query query(database_, kById);
    query.bind(id);
    job = read_one(query);
  }
  if (!job || job->state == jobs::JobState::running || job->state == jobs::JobState::completed) {
    return false;
  }
  job->state = jobs::JobState::available;
  job->run_at = now;
  job->attempt = 0;
  job->crashes = 0;
  put_back(*job, now);
  return true;
}

bool JobTable::outbox_waits() {
  Query query(database_, kOutboxWaits);
  return query.step();
}

std::vector<jobs::Change> JobTable::take_outbox(std::size_t rows_max) {
  Query query(database_, kTakeOutbox);
  query.bind(rows_max);
  std::vector<jobs::Change> out;
  while (query.step()) {
    auto& change = out.emplace_back();
    change.kind = known(catalog::change_kind_from(query.view()));
    change.account.text = query.view();
    change.at = query.instant();
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.at, catalog::to_string(a.kind), a.account) <
           std::tuple(b.at, catalog::to_string(b.kind), b.account);
  });
  return out;
}

}  // namespace storage::sqlite
