#include "app/commands/publish_preview.h"

#include "app/commands/support.h"
#include "app/errors.h"
#include "catalog/listing_content.h"
#include "connectors/listing_rules.h"
#include "jobs/content.h"

namespace app {
namespace {

struct Candidate {
  catalog::Sku sku;
  std::string state;
  base::Result<connectors::ListingContent> content;
};

// Listings of one account that a publish would send.
std::vector<Candidate> candidates(Invocation& in, Wiring& wiring, const jobs::Channel& channel,
                                  const catalog::Account& account) {
  std::vector<Candidate> out;
  wiring.store().read([&](jobs::Tables& tables) {
    for (const auto& variant : tables.catalog.products.variants()) {
      if (in.has("sku") && in.option("sku") != variant.sku.text) continue;
      auto listing = tables.catalog.listings.listing(account.id, variant.sku);
      const bool sent = listing && listing->state == catalog::ListingState::live &&
                        listing->content_hash == listing->sent_content_hash;
      if (sent) continue;
      const std::string state = listing ? std::string(to_string(listing->state)) : "new";
      if (!listing) {
        listing.emplace();
        listing->account = account.id;
        listing->sku = variant.sku;
        listing->price = catalog::price_on(account.price_rule, variant.price);
      }
      out.push_back({variant.sku, state,
                     jobs::build_content(tables, channel, wiring.services(), *listing,
                                         wiring.clock().now())});
    }
  });
  return out;
}

using Problems = std::vector<connectors::ListingProblem>;

base::Result<Problems> problems_of(const jobs::Channel& channel, const Candidate& candidate) {
  if (!candidate.content) {
    const auto& why = candidate.content.error().message;
    return Problems{{"catalogue", {}, why, why}};
  }
  auto* rules = channel.connector->listing_rules();
  if (rules == nullptr) return Problems{};
  return rules->check(candidate.content.value());
}

struct Tally {
  std::int64_t wanted = 0;
  std::int64_t stopped = 0;
  std::vector<cc::Json> list;
};

void tell(Invocation& in, const std::string& account, const Candidate& candidate,
          const Problems& problems, Tally& tally) {
  ++tally.wanted;
  tally.stopped += problems.empty() ? 0 : 1;
  std::vector<cc::Json> found;
  if (!in.out.json()) {
    in.out.line(account + "  " + candidate.sku.text + "  " + candidate.state);
    for (const auto& problem : problems) {
      in.out.line("    " + problem.field + ": " + in.out.pick(problem.vi, problem.en));
    }
  }
  for (const auto& problem : problems) {
    found.push_back(cc::json_object({{"field", cc::json_string(problem.field)},
                                     {"remote_id", cc::json_string(problem.remote_id)},
                                     {"vi", cc::json_string(problem.vi)},
                                     {"en", cc::json_string(problem.en)}}));
  }
  tally.list.push_back(cc::json_object({{"account", cc::json_string(account)},
                                        {"sku", cc::json_string(candidate.sku.text)},
                                        {"state", cc::json_string(candidate.state)},
                                        {"problems", cc::json_array(std::move(found))}}));
}

// Nothing when the channel could not be asked: said already.
std::optional<int> preview(Invocation& in, WriteSession& session, const jobs::Channel& channel,
                           const catalog::Account& account, Tally& tally) {
  std::optional<int> stopped;
  const auto waiting = candidates(in, session.wiring(), channel, account);
  session.with_account(channel.account, [&] {
    for (const auto& candidate : waiting) {
      const auto problems = problems_of(channel, candidate);
      if (!problems) {
        say_error(in.out, problems.error());
        stopped = exit_for(problems.error().code);
        return;
      }
      tell(in, account.id.text, candidate, problems.value(), tally);
    }
  });
  return stopped;
}

}  // namespace

int preview_publish(Invocation& in) {
  WriteSession session(in);
  std::vector<catalog::Account> accounts;
  session.store().read([&](jobs::Tables& tables) { accounts = chosen_accounts(in, tables); });
  if (accounts.empty()) return exit_usage;
  Tally tally;
  int code = exit_ok;
  for (const auto& account : accounts) {
    const auto* channel = session.wiring().services().channel(account.id);
    if (channel == nullptr) continue;
    if (const auto stopped = preview(in, session, *channel, account, tally)) code = *stopped;
  }
  if (in.out.json()) print_json(in, {{"listings", cc::json_array(std::move(tally.list))}});
  in.out.say(std::to_string(tally.wanted) + " mặt hàng sẽ được gửi, " +
                 std::to_string(tally.stopped) + " còn vướng",
             std::to_string(tally.wanted) + " listings would be sent, " +
                 std::to_string(tally.stopped) + " have a problem");
  if (code != exit_ok) return code;
  return tally.stopped > 0 ? exit_partly : exit_ok;
}

}  // namespace app
