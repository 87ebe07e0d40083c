// Returns and the money the channels paid out.
#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "base/time_text.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 50;

std::string goods_text(const catalog::ReturnCase& found) {
  std::string out;
  for (const auto& line : found.lines) {
    out += (out.empty() ? "" : ", ") + std::to_string(line.quantity) + " × " + line.sku.text;
  }
  return out;
}

cc::Json to_json(const catalog::ReturnCase& found) {
  std::vector<cc::Json> lines;
  for (const auto& line : found.lines) {
    lines.push_back(cc::json_object(
        {{"sku", cc::json_string(line.sku.text)}, {"quantity", cc::json_number(line.quantity)}}));
  }
  return cc::json_object({{"account", cc::json_string(found.account.text)},
                          {"return", cc::json_string(found.remote_id)},
                          {"order", cc::json_string(found.order_id)},
                          {"status", cc::json_string(to_string(found.status))},
                          {"remote_status", cc::json_string(found.remote_status)},
                          {"reason", cc::json_string(found.reason)},
                          {"refund", cc::json_number(found.refund.minor)},
                          {"updated_at", cc::json_string(base::utc_iso(found.updated_at))},
                          {"lines", cc::json_array(std::move(lines))}});
}

cc::Json to_json(const catalog::Settlement& settlement) {
  const auto sums = catalog::sums_of(settlement);
  std::vector<cc::Json> lines;
  for (const auto& line : settlement.lines) {
    lines.push_back(cc::json_object({{"kind", cc::json_string(to_string(line.kind))},
                                     {"remote_name", cc::json_string(line.remote_name)},
                                     {"amount", cc::json_number(line.amount.minor)}}));
  }
  return cc::json_object({{"account", cc::json_string(settlement.account.text)},
                          {"settlement", cc::json_string(settlement.remote_id)},
                          {"order", cc::json_string(settlement.order_id)},
                          {"paid_at", cc::json_string(base::utc_iso(settlement.paid_at))},
                          {"gross", cc::json_number(sums.gross.minor)},
                          {"fees", cc::json_number(sums.fees.minor)},
                          {"tax", cc::json_number(sums.tax.minor)},
                          {"refund", cc::json_number(sums.refund.minor)},
                          {"net", cc::json_number(settlement.net.minor)},
                          {"balances", cc::json_flag(sums.balances)},
                          {"lines", cc::json_array(std::move(lines))}});
}

template <typename Row>
void print_rows(Invocation& in, const std::string& name, const std::vector<Row>& rows) {
  std::vector<cc::Json> list;
  for (const auto& row : rows) list.push_back(to_json(row));
  print_json(in, {{name, cc::json_array(std::move(list))}});
}

}  // namespace

int return_list(Invocation& in) {
  ReadSession session(in);
  std::vector<catalog::ReturnCase> found;
  session.store().read([&](jobs::Tables& tables) {
    found = tables.catalog.after_sale.returns(catalog::AccountId{in.option("account")},
                                              limit_of(in, kRowsDefault));
  });
  if (in.out.json()) {
    print_rows(in, "returns", found);
    return exit_ok;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("TRẢ HÀNG", "RETURN"),
       in.out.pick("ĐƠN", "ORDER"), in.out.pick("TRẠNG THÁI", "STATUS"),
       in.out.pick("HOÀN TIỀN", "REFUND"), in.out.pick("HÀNG", "LINES")}};
  for (const auto& one : found) {
    rows.push_back({one.account.text, one.remote_id, one.order_id,
                    std::string(to_string(one.status)), catalog::to_text(one.refund),
                    goods_text(one)});
  }
  in.out.table(rows);
  return exit_ok;
}

int settlement_list(Invocation& in) {
  ReadSession session(in);
  std::vector<catalog::Settlement> found;
  session.store().read([&](jobs::Tables& tables) {
    found = tables.catalog.after_sale.settlements(catalog::AccountId{in.option("account")},
                                                  limit_of(in, kRowsDefault));
  });
  if (in.out.json()) {
    print_rows(in, "settlements", found);
    return exit_ok;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("ĐƠN", "ORDER"), in.out.pick("LÚC", "AT"),
       in.out.pick("TIỀN HÀNG", "GROSS"), in.out.pick("PHÍ", "FEES"), in.out.pick("THUẾ", "TAX"),
       in.out.pick("HOÀN", "REFUND"), in.out.pick("THỰC NHẬN", "NET"), ""}};
  for (const auto& one : found) {
    const auto sums = catalog::sums_of(one);
    rows.push_back({one.account.text, one.order_id, base::local_minute(one.paid_at),
                    catalog::to_text(sums.gross), catalog::to_text(sums.fees),
                    catalog::to_text(sums.tax), catalog::to_text(sums.refund),
                    catalog::to_text(one.net),
                    sums.balances ? "" : in.out.pick("(lệch)", "(does not add up)")});
  }
  in.out.table(rows);
  return exit_ok;
}

int sync_returns(Invocation& in) {
  return run_sync(in, {jobs::JobKind::pull_returns}, {});
}

int sync_settlements(Invocation& in) {
  return run_sync(in, {jobs::JobKind::pull_settlements}, {});
}

}  // namespace app
