#include "connectors/common/token_keeper.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kJitterPercentMax = 5;

Error no_session() {
  return {ErrorCode::unauthorized, "the shop is not authorised: sign in to the channel", {}, {}};
}

Error expired() {
  return {ErrorCode::unauthorized, "the shop's consent has ended: sign in again", {}, {}};
}

Error storage_failed() {
  return {ErrorCode::unavailable, "the token pair could not be read or stored", {}, {}};
}

// The channel understood and refused: asking again with the same pair cannot help.
bool is_final(ErrorCode code) {
  return code == ErrorCode::unauthorized || code == ErrorCode::rejected ||
         code == ErrorCode::not_found || code == ErrorCode::invalid;
}

}  // namespace

TokenKeeper::TokenKeeper(SessionStore& store, const base::Clock& clock, TokenPolicy policy,
                         Refresh refresh)
    : store_(store), clock_(clock), policy_(policy), refresh_(std::move(refresh)) {}

base::Result<std::string> TokenKeeper::access_token() {
  const std::lock_guard lock{mutex_};
  if (const auto stored = store_pending(); !stored) return stored.error();
  const base::Instant now = clock_.now();
  if (!session_ || due(now)) {
    if (const auto loaded = reload(); !loaded) return loaded.error();
  }
  if (!session_) return no_session();
  if (!due(now)) return session_->access_token;

  const auto refreshed = refresh_now();
  if (refreshed) return session_->access_token;
  const bool still_lives = !pending_ && now < session_->access_expires_at;
  if (still_lives) return session_->access_token;
  return refreshed.error();
}

base::Result<std::string> TokenKeeper::refresh_after_rejection(const std::string& rejected_token) {
  const std::lock_guard lock{mutex_};
  if (const auto stored = store_pending(); !stored) return stored.error();
  if (const auto loaded = reload(); !loaded) return loaded.error();
  if (!session_) return no_session();
  if (session_->access_token != rejected_token) return session_->access_token;

  const auto refreshed = refresh_now();
  if (!refreshed) return refreshed.error();
  return session_->access_token;
}

base::Status TokenKeeper::reload() {
  try {
    session_ = store_.load();
    return base::Done{};
  } catch (const std::exception&) {
    return storage_failed();
  }
}

// A pair that was obtained but not stored is stored before anything else happens.
base::Status TokenKeeper::store_pending() {
  if (!pending_) return base::Done{};
  try {
    store_.save(*pending_);
  } catch (const std::exception&) {
    return storage_failed();
  }
  session_ = std::exchange(pending_, std::nullopt);
  failure_.reset();
  return base::Done{};
}

base::Status TokenKeeper::refresh_now() {
  const base::Instant now = clock_.now();
  if (failure_ && failure_->generation == session_->generation) {
    if (failure_->final || now < failure_->retry_at) return failure_->error;
  }
  if (session_->refresh_token.empty() || now >= session_->refresh_expires_at) return expired();
  return call_and_store();
}

base::Status TokenKeeper::call_and_store() {
  auto answer = refresh_(session_->refresh_token);
  if (answer && answer.value().access_token.empty()) {
    answer = Error{ErrorCode::protocol, "the channel's answer holds no access token", {}, {}};
  }
  if (!answer) {
    remember_failure(answer.error());
    return failure_->error;
  }
  Session fresh = std::move(answer).value();
  if (fresh.refresh_token.empty()) {
    fresh.refresh_token = session_->refresh_token;
    fresh.refresh_expires_at = session_->refresh_expires_at;
  }
  if (!fresh.consent_ends_at) fresh.consent_ends_at = session_->consent_ends_at;
  fresh.generation = session_->generation + 1;
  pending_ = std::move(fresh);
  return store_pending();
}

void TokenKeeper::remember_failure(const Error& error) {
  const auto pause = std::max(policy_.retry_pause, error.retry_after.value_or(base::Millis{0}));
  failure_ = Failure{session_->generation, clock_.now() + pause, error, is_final(error.code)};
  if (failure_->final) failure_->error.code = ErrorCode::unauthorized;
}

bool TokenKeeper::due(base::Instant now) const {
  // Spread by generation: shops authorised together do not all refresh in the same minute.
  const auto spread =
      static_cast<int>(std::hash<std::string>{}(session_->access_token) % (kJitterPercentMax + 1));
  const int left_percent = 100 - std::clamp(policy_.refresh_percent - spread, 0, 100);
  return now >= session_->access_expires_at - policy_.access_life * left_percent / 100;
}

}  // namespace connectors::common
