#include "sandbox/wire/push.h"

#include <algorithm>

namespace sandbox::wire {
namespace {

constexpr int kOk = 200;
constexpr int kRedirects = 300;

Json attempts_json(const Push& push) {
  std::vector<Json> rows;
  for (const auto& one : push.attempts) {
    rows.push_back(
        object({{"at_ms", one.at_ms}, {"status", one.status}, {"problem", one.problem}}));
  }
  return array(std::move(rows));
}

Json push_json(const Push& push) {
  return object({{"id", push.id},
                 {"kind", push.message.kind},
                 {"about", push.message.about},
                 {"state", push.state},
                 {"made_ms", push.made_ms},
                 {"due_ms", push.due_ms},
                 {"body", push.message.body},
                 {"attempts", attempts_json(push)}});
}

Push push_from(const Json& json) {
  Push push;
  push.id = integer(json, "id");
  push.message = {text(json, "kind"), text(json, "about"), text(json, "body")};
  push.state = text(json, "state");
  push.made_ms = integer(json, "made_ms");
  push.due_ms = integer(json, "due_ms");
  for (const auto& one : list(json, "attempts")) {
    push.attempts.push_back(
        {integer(one, "at_ms"), static_cast<int>(integer(one, "status")), text(one, "problem")});
  }
  return push;
}

}  // namespace

Outbox::Outbox(Context& context, std::string channel, PushRules rules, Sign sign, Post post)
    : context_(context),
      channel_(std::move(channel)),
      rules_(std::move(rules)),
      sign_(std::move(sign)),
      post_(std::move(post)) {}

std::int64_t Outbox::now_ms() const {
  return base::to_unix_ms(context_.clock.now());
}

void Outbox::set_url(const std::string& url) {
  const std::lock_guard lock(mutex_);
  url_ = url;
}

std::string Outbox::url() const {
  const std::lock_guard lock(mutex_);
  return url_;
}

void Outbox::add(const Message& message) {
  const std::lock_guard lock(mutex_);
  if (url_.empty()) return;
  const auto fault = context_.faults.next_push(channel_, "push/" + message.kind, context_.dice);
  const auto kind = fault ? fault->kind : std::string{};
  const auto delay_ms = kind == "push_late" ? fault->delay.count() : 0;
  put(message, kind == "push_lost" ? "dropped" : "waiting", now_ms() + delay_ms);
  if (kind == "push_twice") put(message, "waiting", now_ms());
}

void Outbox::put(const Message& message, const std::string& state, std::int64_t due_ms) {
  make_room();
  pushes_.push_back({.id = next_id_++,
                     .message = message,
                     .state = state,
                     .made_ms = now_ms(),
                     .due_ms = due_ms,
                     .attempts = {}});
}

void Outbox::make_room() {
  if (pushes_.size() < kPushesKept) return;
  const auto settled = std::find_if(pushes_.begin(), pushes_.end(),
                                    [](const Push& push) { return push.state != "waiting"; });
  pushes_.erase(settled != pushes_.end() ? settled : pushes_.begin());
}

Letter Outbox::letter_for(const std::string& url, const std::string& body) const {
  Letter letter;
  letter.url = url;
  letter.headers = sign_(url, body);
  letter.body = body;
  letter.answer_within = rules_.answer_within;
  return letter;
}

std::string Outbox::verdict(const Answer& answer) const {
  if (!answer.problem.empty()) return answer.problem;
  if (answer.status < kOk || answer.status >= kRedirects) {
    return "status " + std::to_string(answer.status);
  }
  const bool chatty = !answer.body.empty();
  if (chatty && rules_.acknowledgement == Acknowledgement::empty_2xx)
    return "the body is not empty";
  return {};
}

std::string Outbox::probe(const std::string& url, const std::string& body) const {
  return verdict(post_(letter_for(url, body)));
}

std::size_t Outbox::deliver_due() {
  const std::lock_guard one_at_a_time(delivering_);
  std::vector<Push> due;
  std::string url;
  {
    const std::lock_guard lock(mutex_);
    url = url_;
    if (url.empty()) return 0;
    for (const auto& push : pushes_) {
      if (push.state == "waiting" && push.due_ms <= now_ms()) due.push_back(push);
    }
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const Push& a, const Push& b) { return a.due_ms < b.due_ms; });
  for (auto& push : due) {
    if (rules_.renew && !push.attempts.empty()) {
      push.message.body = rules_.renew(push.message);
      rewrite(push.id, push.message.body);
    }
    const auto answer = post_(letter_for(url, push.message.body));
    settle(push.id, {now_ms(), answer.status, verdict(answer)});
  }
  return due.size();
}

void Outbox::rewrite(std::int64_t id, const std::string& body) {
  const std::lock_guard lock(mutex_);
  for (auto& push : pushes_) {
    if (push.id == id) push.message.body = body;
  }
}

void Outbox::settle(std::int64_t id, const Attempt& attempt) {
  const std::lock_guard lock(mutex_);
  const auto push =
      std::find_if(pushes_.begin(), pushes_.end(), [id](const Push& one) { return one.id == id; });
  if (push == pushes_.end()) return;  // a reset came in between
  push->attempts.push_back(attempt);
  const auto failed = push->attempts.size();
  if (attempt.problem.empty()) {
    push->state = "delivered";
  } else if (failed > rules_.retry_after.size()) {
    push->state = "lost";
  } else {
    push->due_ms = attempt.at_ms + base::Millis{rules_.retry_after[failed - 1]}.count();
  }
}

Outbox::Share Outbox::share_since(std::int64_t since_ms) const {
  const std::lock_guard lock(mutex_);
  Share share;
  for (const auto& push : pushes_) {
    for (const auto& attempt : push.attempts) {
      if (attempt.at_ms < since_ms) continue;
      ++share.attempts;
      if (attempt.problem.empty()) ++share.acknowledged;
    }
  }
  return share;
}

std::vector<Push> Outbox::lost(std::int64_t since_ms, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<Push> out;
  for (const auto& push : pushes_) {
    if (push.state != "lost" || push.made_ms < since_ms) continue;
    if (out.size() == limit) break;
    out.push_back(push);
  }
  return out;
}

void Outbox::confirm_lost_through(std::int64_t id) {
  const std::lock_guard lock(mutex_);
  for (auto& push : pushes_) {
    if (push.state == "lost" && push.id <= id) push.state = "confirmed";
  }
}

void Outbox::reset() {
  const std::lock_guard lock(mutex_);
  pushes_.clear();  // ids go on: an attempt under way must not settle a later message
  url_.clear();
}

Json Outbox::truth() const {
  const std::lock_guard lock(mutex_);
  auto out = object({{"url", url_}, {"made", static_cast<std::int64_t>(pushes_.size())}});
  std::vector<Json> rows;
  for (const auto& push : pushes_) rows.push_back(push_json(push));
  for (const auto* state : {"waiting", "delivered", "lost", "dropped", "confirmed"}) {
    out[state] = Json::number(static_cast<std::int64_t>(
        std::count_if(pushes_.begin(), pushes_.end(),
                      [state](const Push& push) { return push.state == state; })));
  }
  out["messages"] = array(std::move(rows));
  return out;
}

Json Outbox::save() const {
  const std::lock_guard lock(mutex_);
  std::vector<Json> rows;
  for (const auto& push : pushes_) rows.push_back(push_json(push));
  return object({{"url", url_}, {"next_id", next_id_}, {"messages", array(std::move(rows))}});
}

void Outbox::load(const Json& saved) {
  const std::lock_guard lock(mutex_);
  pushes_.clear();
  url_ = text(saved, "url");
  next_id_ = std::max(next_id_, integer(saved, "next_id", 1));
  for (const auto& one : list(saved, "messages")) pushes_.push_back(push_from(one));
}

}  // namespace sandbox::wire
