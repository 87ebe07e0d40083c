#include "app/commands/support.h"

#include <charconv>

#include "app/errors.h"

namespace app {

void SyncObserver::watch_only(std::set<std::string> accounts) {
  const std::lock_guard lock(mutex_);
  watched_ = std::move(accounts);
}

bool SyncObserver::counts(const catalog::AccountId& account) const {
  const std::lock_guard lock(mutex_);
  return !watched_ || watched_->contains(account.text);
}

void SyncObserver::job_started(const jobs::Job& job) {
  if (!counts(job.account)) return;
  {
    const std::lock_guard lock(mutex_);
    running_.insert(job.id);
  }
  if (progress_ != nullptr) show_progress();
}

void SyncObserver::job_finished(const jobs::Job& job, const jobs::Outcome& outcome) {
  if (!counts(job.account)) return;
  if (std::holds_alternative<jobs::Done>(outcome)) ++completed_;
  if (progress_ != nullptr) show_progress();
  const auto* discard = std::get_if<jobs::Discard>(&outcome);
  if (discard != nullptr) {
    ++discarded_;
    base::Error named = discard->error;
    named.message =
        job.account.text + ", " + std::string(to_string(job.kind)) + ": " + named.message;
    say_error(out_, named);
  }
  const std::lock_guard lock(mutex_);
  if (discard != nullptr && (!worst_ || discard->error.code == base::ErrorCode::unauthorized)) {
    worst_ = discard->error;
  }
  running_.erase(job.id);  // last: who waits for this reads the rest after it
}

void SyncObserver::moved(const catalog::AccountId& account, const std::string& what,
                         std::int64_t items) {
  if (!counts(account)) return;
  {
    const std::lock_guard lock(mutex_);
    moves_[account.text][what] += items;
  }
  if (progress_ != nullptr) return show_progress();
  const auto count = std::to_string(items);
  out_.say("  " + account.text + ": " + what + " " + count,
           "  " + account.text + ": " + what + " " + count);
}

void SyncObserver::notice(const catalog::AccountId& account, const base::Error& error) {
  if (!counts(account)) return;
  ++notices_;
  out_.say("  " + account.text + ": chú ý: " + error.message,
           "  " + account.text + ": note: " + error.message);
}

// "12 jobs done; orders 3, stock 240"
void SyncObserver::show_progress() {
  std::map<std::string, std::int64_t> totals;
  for (const auto& [account, moves] : moves()) {
    for (const auto& [what, items] : moves) totals[what] += items;
  }
  std::string sums;
  for (const auto& [what, items] : totals) {
    sums += (sums.empty() ? "; " : ", ") + what + " " + std::to_string(items);
  }
  const auto done = std::to_string(completed_);
  progress_->show(done + " việc xong" + sums, done + " jobs done" + sums);
}

SyncObserver::Moves SyncObserver::moves() const {
  const std::lock_guard lock(mutex_);
  return moves_;
}

std::set<jobs::JobId> SyncObserver::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

std::optional<base::Error> SyncObserver::worst() const {
  const std::lock_guard lock(mutex_);
  return worst_;
}

WriteSession::WriteSession(Invocation& in)
    : host_(in.host),
      observer_(in.out),
      own_(host_ == nullptr ? std::make_unique<Wiring>(in.settings, Access::read_write, observer_)
                            : nullptr),
      wiring_(host_ == nullptr ? *own_ : host_->wiring) {}

bool WriteSession::with_account(const catalog::AccountId& account,
                                const std::function<void()>& use) {
  if (host_ != nullptr) return host_->engine.with_account(account, use);
  use();
  return true;
}

ReadSession::ReadSession(Invocation& in)
    : observer_(in.out), wiring_(in.settings, Access::read_only, observer_) {}

std::size_t limit_of(const Invocation& in, std::size_t fallback) {
  constexpr std::size_t kLimitMax = 1'000'000;
  const auto text = in.option("limit");
  if (text.empty()) return fallback;
  std::size_t value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || stop != text.data() + text.size() || value == 0 ||
      value > kLimitMax) {
    throw std::runtime_error("--limit must be a whole number from 1 to 1000000");
  }
  return value;
}

bool account_matches(const Invocation& in, const catalog::AccountId& account) {
  return !in.has("account") || in.option("account") == account.text;
}

std::vector<catalog::Account> chosen_accounts(Invocation& in, jobs::Tables& tables) {
  std::vector<catalog::Account> out;
  for (auto& account : tables.catalog.listings.accounts()) {
    const bool named = in.has("account") && account_matches(in, account.id);
    const bool active = account.status == catalog::ChannelStatus::active;
    if (named || (!in.has("account") && active)) out.push_back(std::move(account));
  }
  if (out.empty()) {
    in.out.problem("không có gian hàng nào hợp lệ (nongsan channel list)",
                   "no such shop (nongsan channel list)");
  }
  return out;
}

void print_json(Invocation& in, const std::vector<std::pair<std::string, cc::Json>>& members) {
  in.out.document(cc::to_text(cc::json_object(members)));
}

}  // namespace app
