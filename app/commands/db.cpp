#include "app/commands/commands.h"
#include "app/commands/support.h"

namespace app {

int db_status(Invocation& in) {
  ReadSession session(in);
  std::size_t products = 0;
  std::size_t variants = 0;
  std::int64_t orders = 0;
  jobs::JobCounts counts;
  session.store().read([&](jobs::Tables& tables) {
    products = tables.catalog.products.products().size();
    variants = tables.catalog.products.variants().size();
    orders = tables.catalog.orders.count({});
    counts = tables.jobs.counts(session.wiring().clock().now());
  });
  const auto version = session.wiring().store().schema_version();
  if (in.out.json()) {
    print_json(in, {{"schema_version", cc::json_number(version)},
                    {"products", cc::json_number(static_cast<std::int64_t>(products))},
                    {"variants", cc::json_number(static_cast<std::int64_t>(variants))},
                    {"orders", cc::json_number(orders)},
                    {"jobs_due", cc::json_number(counts.due)},
                    {"jobs_later", cc::json_number(counts.later)},
                    {"jobs_discarded", cc::json_number(counts.discarded)}});
    return exit_ok;
  }
  in.out.table({{in.out.pick("phiên bản", "schema"), std::to_string(version)},
                {in.out.pick("sản phẩm", "products"), std::to_string(products)},
                {in.out.pick("mã hàng", "variants"), std::to_string(variants)},
                {in.out.pick("đơn hàng", "orders"), std::to_string(orders)},
                {in.out.pick("việc đến hạn", "jobs due"), std::to_string(counts.due)},
                {in.out.pick("việc hẹn sau", "jobs later"), std::to_string(counts.later)},
                {in.out.pick("việc đã hỏng", "jobs given up"), std::to_string(counts.discarded)}});
  return exit_ok;
}

int db_check(Invocation& in) {
  ReadSession session(in);
  const auto problems = session.wiring().store().check();
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& problem : problems) list.push_back(cc::json_string(problem));
    print_json(in, {{"problems", cc::json_array(std::move(list))}});
  } else if (problems.empty()) {
    in.out.line(in.out.pick("Cơ sở dữ liệu và sổ kho đều đúng.", "Database and ledger are sound."));
  }
  for (const auto& problem : problems) in.out.problem(problem, problem);
  return problems.empty() ? exit_ok : exit_failed;
}

int db_migrate(Invocation& in) {
  SyncObserver observer(in.out);
  Wiring wiring(in.settings, Access::read_write, observer);
  in.out.line(in.out.pick("phiên bản ", "schema ") +
              std::to_string(wiring.store().schema_version()));
  return exit_ok;
}

}  // namespace app
