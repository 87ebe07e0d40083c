// The product feed on a person's word. It only reads the database, so it needs nobody's leave; two
// writers of the file keep each other out.
#include "app/feed.h"

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"

namespace app {
namespace {

constexpr std::size_t kNamedMax = 20;

cc::Json texts(const std::vector<std::string>& list) {
  std::vector<cc::Json> out;
  for (const auto& text : list) out.push_back(cc::json_string(text));
  return cc::json_array(std::move(out));
}

void print(Invocation& in, const FeedPlan& plan, const feed::Gathered& gathered,
           const feed::Change& change, bool written) {
  if (in.out.json()) {
    std::vector<cc::Json> left_out;
    for (const auto& one : gathered.left_out) {
      left_out.push_back(
          cc::json_object({{"sku", cc::json_string(one.sku)},
                           {"why", cc::json_string(in.out.pick(one.why.vi, one.why.en))}}));
    }
    print_json(in, {{"path", cc::json_string(plan.path)},
                    {"written", cc::json_flag(written)},
                    {"items", cc::json_number(static_cast<std::int64_t>(change.items))},
                    {"added", cc::json_number(static_cast<std::int64_t>(change.added))},
                    {"dropped", texts(change.dropped)},
                    {"left_out", cc::json_array(std::move(left_out))}});
    return;
  }
  const auto items = std::to_string(change.items);
  const auto added = std::to_string(change.added);
  const auto dropped = std::to_string(change.dropped.size());
  in.out.line(in.out.pick(
      plan.path + ": " + items + " mặt hàng, thêm " + added + ", bỏ " + dropped,
      plan.path + ": " + items + " items, " + added + " added, " + dropped + " dropped"));
  for (std::size_t i = 0; i < std::min(change.dropped.size(), kNamedMax); ++i) {
    in.out.line("  - " + change.dropped[i]);
  }
  for (std::size_t i = 0; i < std::min(gathered.left_out.size(), kNamedMax); ++i) {
    const auto& [sku, why] = gathered.left_out[i];
    in.out.say(sku + ": không đưa vào (" + why.vi + ")", sku + ": left out (" + why.en + ")");
  }
}

void say_refusal(Invocation& in, const base::Error& error) {
  if (error.code != base::ErrorCode::rejected) return say_error(in.out, error);
  in.out.problem("không ghi nguồn hàng, tệp cũ giữ nguyên: " + error.message +
                     ". Nếu đúng là muốn vậy: nongsan feed write --force",
                 "the feed was not written, the old file stands: " + error.message +
                     ". If that is what you want: nongsan feed write --force");
}

}  // namespace

int feed_write(Invocation& in) {
  const auto plan = feed_plan(in.settings);
  if (!plan) {
    in.out.problem("cấu hình thiếu feed_path", "feed_path is not configured");
    return exit_usage;
  }
  ReadSession session(in);
  const auto now = base::SystemClock{}.now();
  feed::Gathered gathered;
  base::Status verdict = base::Done{};
  feed::Change change;
  if (in.dry_run()) {
    session.store().read(
        [&](jobs::Tables& tables) { gathered = feed::gather(tables.catalog, plan->options, now); });
    auto seen = feed::preview(plan->path, gathered.items, plan->brake);
    change = std::move(seen.change);
    if (!in.has("force")) verdict = std::move(seen.verdict);
  } else {
    const auto force = in.has("force") ? feed::Force::yes : feed::Force::no;
    auto run = write_feed(*plan, session.store(), now, force);
    gathered = std::move(run.gathered);
    if (run.written) {
      change = std::move(run.written).value();
    } else {
      change = feed::preview(plan->path, gathered.items, plan->brake).change;
      verdict = run.written.error();
    }
  }
  print(in, *plan, gathered, change, verdict && !in.dry_run());
  if (!verdict) {
    say_refusal(in, verdict.error());
    return exit_for(verdict.error().code);
  }
  return gathered.left_out.empty() ? exit_ok : exit_partly;
}

}  // namespace app
