#include "app/commands/support.h"

#include <charconv>

#include "app/errors.h"

namespace app {

void SyncObserver::job_started(const jobs::Job&) {}

void SyncObserver::job_finished(const jobs::Job& job, const jobs::Outcome& outcome) {
  const auto* discard = std::get_if<jobs::Discard>(&outcome);
  if (discard == nullptr) return;
  const std::lock_guard lock(mutex_);
  if (!worst_ || discard->error.code == base::ErrorCode::unauthorized) worst_ = discard->error;
  base::Error named = discard->error;
  named.message = job.account.text + ", " + std::string(to_string(job.kind)) + ": " + named.message;
  say_error(out_, named);
}

void SyncObserver::moved(const catalog::AccountId& account, const std::string& what,
                         std::int64_t items) {
  {
    const std::lock_guard lock(mutex_);
    moves_[account.text][what] += items;
  }
  const auto count = std::to_string(items);
  out_.say("  " + account.text + ": " + what + " " + count,
           "  " + account.text + ": " + what + " " + count);
}

void SyncObserver::notice(const catalog::AccountId& account, const base::Error& error) {
  ++notices_;
  out_.say("  " + account.text + ": chú ý: " + error.message,
           "  " + account.text + ": note: " + error.message);
}

SyncObserver::Moves SyncObserver::moves() const {
  const std::lock_guard lock(mutex_);
  return moves_;
}

std::optional<base::Error> SyncObserver::worst() const {
  const std::lock_guard lock(mutex_);
  return worst_;
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

void print_json(Invocation& in, std::vector<std::pair<std::string, cc::Json>> members) {
  in.out.document(cc::to_text(cc::json_object(std::move(members))));
}

}  // namespace app
