// The department's chosen goods: what the campaign files say, and telling the channels.
#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "base/time_text.h"
#include "connectors/featuring.h"

namespace app {
namespace {

// What becomes of a line on its account; empty: nothing is in the way.
std::string obstacle(const Invocation& in, jobs::Tables& tables, const jobs::Channel& channel,
                     const jobs::Offer& offer) {
  const auto listing = tables.catalog.listings.listing(channel.account, offer.sku);
  if (!listing || listing->state != catalog::ListingState::live) {
    return in.out.pick("chưa bán trên sàn", "not on the channel");
  }
  if (offer.special_price && *offer.special_price >= listing->price.minor) {
    return in.out.pick("giá khuyến mãi không thấp hơn giá thường",
                       "the special price is not below the everyday one");
  }
  return {};
}

std::string phase_words(const Invocation& in, jobs::OfferPhase phase) {
  if (phase == jobs::OfferPhase::over) return in.out.pick("đã hết", "over");
  return phase == jobs::OfferPhase::coming ? in.out.pick("sắp tới", "coming")
                                           : in.out.pick("đang chạy", "running");
}

}  // namespace

int campaign_list(Invocation& in) {
  ReadSession session(in);
  const auto now = session.wiring().clock().now();
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("HẠNG", "RANK"), "SKU",
       in.out.pick("GIÁ KHUYẾN MÃI", "SPECIAL PRICE"), in.out.pick("TỪ", "FROM"),
       in.out.pick("ĐẾN", "TO"), in.out.pick("TÌNH TRẠNG", "STATE"),
       in.out.pick("VƯỚNG", "OBSTACLE")}};
  session.store().read([&](jobs::Tables& tables) {
    for (const auto& channel : session.wiring().services().channels) {
      if (!account_matches(in, channel.account)) continue;
      for (const auto& offer : channel.offers) {
        const auto phase = jobs::phase_of(offer, now);
        const auto why = obstacle(in, tables, channel, offer);
        rows.push_back({channel.account.text, std::to_string(offer.rank), offer.sku.text,
                        offer.special_price ? std::to_string(*offer.special_price) : "-",
                        base::local_minute(offer.from), base::local_minute(offer.to),
                        phase_words(in, phase), why});
        list.push_back(cc::json_object(
            {{"account", cc::json_string(channel.account.text)},
             {"rank", cc::json_number(offer.rank)},
             {"sku", cc::json_string(offer.sku.text)},
             {"special_price",
              offer.special_price ? cc::json_number(*offer.special_price) : cc::Json()},
             {"from", cc::json_string(base::utc_iso(offer.from))},
             {"to", cc::json_string(base::utc_iso(offer.to))},
             {"state", cc::json_string(jobs::to_string(phase))},
             {"obstacle", cc::json_string(why)}}));
      }
    }
  });
  if (in.out.json()) {
    print_json(in, {{"offers", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int campaign_push(Invocation& in) {
  if (in.dry_run()) {
    ReadSession session(in);
    for (const auto& channel : session.wiring().services().channels) {
      const auto* port = channel.connector->featuring();
      if (port == nullptr || !account_matches(in, channel.account)) continue;
      in.out.line(channel.account.text + ": " +
                  in.out.pick(port->what_it_does_vi(), port->what_it_does_en()));
    }
    return campaign_list(in);
  }
  return run_sync(in, {jobs::JobKind::push_featured}, {});
}

}  // namespace app
