#include "sandbox/context.h"

#include <algorithm>
#include <stdexcept>

#include "sandbox/json_tools.h"

namespace sandbox {

using web::json::value;

namespace {

constexpr std::int64_t kSecondsKept = 3'600;
constexpr std::size_t kPathsMax = 2'000;
constexpr const char* kOtherPaths = "(other)";
constexpr std::size_t kRulesMax = 1'000;
constexpr std::int64_t kCallsMax = 1'000'000'000;
constexpr std::int64_t kDelayMaxMs = 3'600'000;
constexpr std::int64_t kTimeoutDefaultMs = 120'000;

[[noreturn]] void wrong(const std::string& member, const std::string& what) {
  throw std::invalid_argument("fault rule: \"" + member + "\" " + what);
}

std::int64_t integer_or(const value& rule, const std::string& name, std::int64_t low,
                        std::int64_t high, std::int64_t otherwise) {
  if (!rule.has_field(name)) return otherwise;
  const auto& given = rule.at(name);
  if (!given.is_integer()) wrong(name, "must be a whole number");
  const auto number = given.as_number().to_int64();
  if (number < low || number > high) {
    wrong(name, "must be from " + std::to_string(low) + " to " + std::to_string(high));
  }
  return number;
}

std::string text_or_empty(const value& rule, const std::string& name) {
  if (!rule.has_field(name)) return {};
  if (!rule.at(name).is_string()) wrong(name, "must be a text");
  return rule.at(name).as_string();
}

double probability_of(const value& rule) {
  if (!rule.has_field("probability")) return 1.0;
  const auto& given = rule.at("probability");
  if (!given.is_number()) wrong("probability", "must be a number");
  const double probability = given.as_number().to_double();
  if (!(probability >= 0.0 && probability <= 1.0)) wrong("probability", "must be from 0 to 1");
  return probability;
}

void check_members(const value& rule) {
  constexpr std::string_view kKnown[] = {"channel",  "path", "kind",  "status",     "body",
                                         "delay_ms", "skip", "times", "probability"};
  if (!rule.is_object()) throw std::invalid_argument("a fault rule must be an object");
  for (const auto& [name, given] : rule.as_object()) {
    if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown)) {
      wrong(name, "is not a member of a rule");
    }
  }
}

Fault fault_of(const value& rule) {
  constexpr std::string_view kKinds[] = {
      "status", "status_after", "timeout_before", "timeout_after", "truncated", "drop",
      "html",   "delay",        "push_lost",      "push_twice",    "push_late"};
  Fault fault;
  fault.kind = text_or_empty(rule, "kind");
  if (std::find(std::begin(kKinds), std::end(kKinds), fault.kind) == std::end(kKinds)) {
    wrong("kind", "\"" + fault.kind + "\" is not known");
  }
  const bool times_out = fault.kind.starts_with("timeout");
  fault.status =
      static_cast<int>(integer_or(rule, "status", 200, 599, fault.kind == "html" ? 200 : 500));
  fault.body = text_or_empty(rule, "body");
  fault.delay =
      base::Millis{integer_or(rule, "delay_ms", 0, kDelayMaxMs, times_out ? kTimeoutDefaultMs : 0)};
  return fault;
}

}  // namespace

base::Instant DrivenClock::now() const {
  return base::SystemClock{}.now() + offset();
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
  const std::lock_guard lock(mutex_);
  return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
}

bool Dice::chance(double probability) {
  const std::lock_guard lock(mutex_);
  return std::uniform_real_distribution<double>(0, 1)(engine_) < probability;
}

std::string Dice::hex(std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  while (out.size() < digits) out.push_back(kDigits[static_cast<std::size_t>(between(0, 15))]);
  return out;
}

std::string Dice::alphanumeric(std::size_t length) {
  constexpr std::string_view kLetters =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out;
  while (out.size() < length) out.push_back(kLetters[static_cast<std::size_t>(between(0, 61))]);
  return out;
}

void FaultPlan::set(const value& rules) {
  if (!rules.is_array()) throw std::invalid_argument("the fault plan must be a list of rules");
  if (rules.size() > kRulesMax) {
    throw std::invalid_argument("a fault plan has at most " + std::to_string(kRulesMax) + " rules");
  }
  std::vector<Rule> read;
  for (const auto& item : rules.as_array()) {
    check_members(item);
    Rule rule;
    rule.channel = text_or_empty(item, "channel");
    rule.path = text_or_empty(item, "path");
    rule.fault = fault_of(item);
    rule.skip = integer_or(item, "skip", 0, kCallsMax, 0);
    rule.times = integer_or(item, "times", -1, kCallsMax, -1);
    rule.probability = probability_of(item);
    read.push_back(std::move(rule));
  }
  const std::lock_guard lock(mutex_);
  rules_ = std::move(read);
}

void FaultPlan::clear() {
  const std::lock_guard lock(mutex_);
  rules_.clear();
}

std::optional<Fault> FaultPlan::next(const std::string& channel, const std::string& path,
                                     Dice& dice) {
  return pick(Direction::call, channel, path, dice);
}

std::optional<Fault> FaultPlan::next_push(const std::string& channel, const std::string& path,
                                          Dice& dice) {
  return pick(Direction::push, channel, path, dice);
}

std::optional<Fault> FaultPlan::pick(Direction direction, const std::string& channel,
                                     const std::string& path, Dice& dice) {
  const std::lock_guard lock(mutex_);
  for (auto& rule : rules_) {
    if (rule.fault.of_push() != (direction == Direction::push)) continue;
    if (!rule.channel.empty() && rule.channel != channel) continue;
    if (rule.times == 0 || path.find(rule.path) == std::string::npos) continue;
    if (rule.skip > 0) {
      --rule.skip;
      continue;
    }
    // Certain rules throw no dice, so that they leave the seeded sequence alone.
    if (rule.probability < 1.0 && !dice.chance(rule.probability)) continue;
    if (rule.times > 0) --rule.times;
    return rule.fault;
  }
  return std::nullopt;
}

void CallLog::record(base::Instant at, const std::string& path, Kind kind, int) {
  const std::lock_guard lock(mutex_);
  ++total_;
  // An attempt counts whatever became of it: who must not write must not try either.
  if (kind == Kind::write) ++writes_;
  const bool room = by_path_.size() < kPathsMax || by_path_.contains(path);
  ++by_path_[room ? path : kOtherPaths];
  ++by_second_[base::to_unix_s(at)];
  while (by_second_.size() > kSecondsKept) by_second_.erase(by_second_.begin());
}

void CallLog::count_throttled() {
  const std::lock_guard lock(mutex_);
  ++throttled_;
}

void CallLog::count_unauthorized() {
  const std::lock_guard lock(mutex_);
  ++unauthorized_;
}

void CallLog::reset() {
  const std::lock_guard lock(mutex_);
  total_ = writes_ = throttled_ = unauthorized_ = 0;
  by_second_.clear();
  by_path_.clear();
}

value CallLog::to_json() const {
  const std::lock_guard lock(mutex_);
  value out;
  out["total"] = jn(total_);
  out["writes"] = jn(writes_);
  out["throttled"] = jn(throttled_);
  out["unauthorized"] = jn(unauthorized_);
  out["by_second"] = value::object();
  for (const auto& [second, count] : by_second_)
    out["by_second"][std::to_string(second)] = jn(count);
  out["by_path"] = value::object();
  for (const auto& [path, count] : by_path_) out["by_path"][path] = jn(count);
  return out;
}

void CallLog::load(const value& saved) {
  reset();
  const std::lock_guard lock(mutex_);
  total_ = integer_in(saved, "total").value_or(0);
  writes_ = integer_in(saved, "writes").value_or(0);
  throttled_ = integer_in(saved, "throttled").value_or(0);
  unauthorized_ = integer_in(saved, "unauthorized").value_or(0);
  if (!saved.is_object()) return;
  if (saved.has_object_field("by_path")) {
    for (const auto& [path, count] : saved.at("by_path").as_object()) {
      by_path_[path] = count.as_number().to_int64();
    }
  }
  if (!saved.has_object_field("by_second")) return;
  for (const auto& [second, count] : saved.at("by_second").as_object()) {
    by_second_[to_integer(second).value_or(0)] = count.as_number().to_int64();
  }
}

}  // namespace sandbox
