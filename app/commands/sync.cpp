#include "app/commands/commands.h"
#include "app/commands/publish_preview.h"
#include "app/commands/sync_run.h"
#include "jobs/content.h"

namespace app {
namespace {

int preview_sync(Invocation& in) {
  in.out.say("(chạy thử: chỉ liệt kê khác biệt)", "(dry run: differences only)");
  return diff(in);
}

}  // namespace

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
  if (in.dry_run()) return preview_publish(in);
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
