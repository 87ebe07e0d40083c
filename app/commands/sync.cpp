#include <charconv>

#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "app/errors.h"
#include "jobs/content.h"

namespace app {
namespace {

constexpr std::int64_t kWaitDefaultS = 60;

base::Millis patience_of(const Invocation& in) {
  const auto text = in.option("wait", std::to_string(kWaitDefaultS));
  std::int64_t seconds = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, seconds);
  if (failure != std::errc{} || stop != end || seconds < 0) {
    throw std::runtime_error("--wait must be a whole number of seconds");
  }
  return std::chrono::seconds{seconds};
}

void print_summary(Invocation& in, const SyncObserver& observer, const jobs::DrainResult& result) {
  if (in.out.json()) {
    std::vector<std::pair<std::string, cc::Json>> accounts;
    for (const auto& [account, moves] : observer.moves()) {
      std::vector<std::pair<std::string, cc::Json>> counts;
      for (const auto& [what, items] : moves) counts.emplace_back(what, cc::json_number(items));
      accounts.emplace_back(account, cc::json_object(std::move(counts)));
    }
    print_json(in, {{"accounts", cc::json_object(std::move(accounts))},
                    {"jobs_completed", cc::json_number(result.completed)},
                    {"jobs_discarded", cc::json_number(result.discarded)},
                    {"jobs_waiting", cc::json_number(result.waiting)}});
    return;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("VIỆC", "WHAT"), in.out.pick("SỐ", "COUNT")}};
  for (const auto& [account, moves] : observer.moves()) {
    for (const auto& [what, items] : moves) rows.push_back({account, what, std::to_string(items)});
  }
  if (rows.size() > 1) {
    in.out.table(rows);
  } else {
    in.out.line(in.out.pick("Mọi thứ đã khớp.", "Everything is in step."));
  }
}

}  // namespace

int run_sync(Invocation& in, const std::vector<jobs::JobKind>& kinds,
             const std::function<int(jobs::Tables&)>& before) {
  SyncObserver observer(in.out);
  Wiring wiring(in.settings, Access::read_write, observer);
  for (const auto& [account, reason] : wiring.broken()) {
    if (account_matches(in, {catalog::AccountId{account}})) {
      in.out.say(account + ": bỏ qua (" + reason + ")", account + ": skipped (" + reason + ")");
    }
  }
  std::vector<catalog::Account> accounts;
  wiring.store().write([&](jobs::Tables& tables) {
    accounts = chosen_accounts(in, tables);
    if (before) before(tables);
    const auto now = wiring.clock().now();
    for (const auto& account : accounts) {
      if (wiring.services().channel(account.id) == nullptr) continue;
      for (const auto kind : kinds) tables.jobs.enqueue({kind, account.id, {}, now}, now);
    }
  });
  if (accounts.empty()) return exit_usage;
  const auto workers = in.settings.number("workers", 1, 16);
  if (!workers) throw std::runtime_error(workers.error().message);
  jobs::EngineOptions options;
  options.workers = static_cast<int>(workers.value());
  options.seed = static_cast<std::uint64_t>(base::to_unix_ms(wiring.clock().now()));
  jobs::Engine engine(wiring.services(), wiring.waiter(), options);
  engine.recover();
  const auto result = engine.drain(patience_of(in));
  print_summary(in, observer, result);
  if (const auto worst = observer.worst()) {
    return result.completed > 0 && worst->code != base::ErrorCode::unauthorized
               ? exit_partly
               : exit_for(worst->code);
  }
  if (result.waiting > 0) {
    const auto count = std::to_string(result.waiting);
    in.out.say(count + " việc hẹn sau", count + " jobs are for later");
  }
  return wiring.broken().empty() && observer.notices() == 0 ? exit_ok : exit_partly;
}

int preview_sync(Invocation& in) {
  in.out.say("(chạy thử: chỉ liệt kê khác biệt)", "(dry run: differences only)");
  return diff(in);
}

int sync_orders(Invocation& in) {
  if (in.dry_run()) return preview_sync(in);
  return run_sync(in, {jobs::JobKind::pull_orders}, {});
}

int sync_stock(Invocation& in) {
  if (in.dry_run()) return preview_sync(in);
  return run_sync(in, {jobs::JobKind::push_stock, jobs::JobKind::push_prices}, {});
}

int sync_listings(Invocation& in) {
  if (in.dry_run()) return preview_sync(in);
  return run_sync(in, {jobs::JobKind::reconcile, jobs::JobKind::publish_listings}, {});
}

int sync_all(Invocation& in) {
  if (in.dry_run()) return preview_sync(in);
  return run_sync(
      in,
      {jobs::JobKind::pull_orders, jobs::JobKind::reconcile, jobs::JobKind::publish_listings,
       jobs::JobKind::push_stock, jobs::JobKind::push_prices},
      {});
}

int publish(Invocation& in) {
  if (in.dry_run()) {
    ReadSession session(in);
    std::int64_t wanted = 0;
    session.store().read([&](jobs::Tables& tables) {
      for (const auto& account : chosen_accounts(in, tables)) {
        for (const auto& variant : tables.catalog.products.variants()) {
          if (in.has("sku") && in.option("sku") != variant.sku.text) continue;
          const auto listing = tables.catalog.listings.listing(account.id, variant.sku);
          if (listing && listing->state == catalog::ListingState::live) continue;
          in.out.line(account.id.text + "  " + variant.sku.text + "  " +
                      (listing ? std::string(to_string(listing->state)) : "new"));
          ++wanted;
        }
      }
    });
    in.out.say(std::to_string(wanted) + " mặt hàng sẽ được gửi",
               std::to_string(wanted) + " listings would be sent");
    return exit_ok;
  }
  return run_sync(in, {jobs::JobKind::publish_listings}, [&](jobs::Tables& tables) {
    const auto now = base::SystemClock{}.now();
    int changed = 0;
    for (const auto& account : chosen_accounts(in, tables)) {
      for (const auto& variant : tables.catalog.products.variants()) {
        if (in.has("sku") && in.option("sku") != variant.sku.text) continue;
        const bool moved = in.has("withdraw")
                               ? jobs::withdraw_listing(tables, account, variant.sku, now)
                               : jobs::want_listing(tables, account, variant.sku, now);
        changed += moved ? 1 : 0;
      }
    }
    return changed;
  });
}

}  // namespace app
