// Whether our category and attribute maps still fit the channel's tree; what drifted is told, by
// name, and nothing is changed.
#include "connectors/listing_rules.h"
#include "jobs/handlers/handlers.h"

namespace jobs {

Outcome run_check_maps(JobContext& context, RetryPolicy& policy) {
  auto* rules = context.channel.connector->listing_rules();
  if (rules == nullptr) return Done{};
  const auto drifts = rules->check_maps(context.channel.maps);
  if (!drifts) return policy.decide(drifts.error(), context.job.attempt);
  for (const auto& drift : drifts.value()) {
    context.services.observer.notice(
        context.channel.account,
        {base::ErrorCode::rejected, drift.field + " \"" + drift.ours + "\": " + drift.en, {}, {}});
  }
  const auto lines =
      context.channel.maps.categories.size() + context.channel.maps.attributes.size();
  context.services.observer.moved(context.channel.account, "map_lines",
                                  static_cast<std::int64_t>(lines));
  return Done{};
}

}  // namespace jobs
