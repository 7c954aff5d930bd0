// SPDX-License-Identifier: MIT
//
// DOC: DODownloadProperty_IntegrityCheckInfo, DODownloadProperty_IntegrityCheckMandatory,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
// and the comments of deliveryoptimization.idl, which have the keys.

#include "stand-in/downloads/piece_hashes.h"

#include "stand-in/com/hresult.h"
#include "stand-in/downloads/json_syntax.h"

namespace dosvc_stand_in {
namespace {

// Discards the bytes.
class Nowhere final : public Target {
 public:
  HRESULT Open(std::uint64_t&) override { return S_OK; }
  HRESULT Clear() override { return S_OK; }
  HRESULT Append(const void*, std::uint32_t) override { return S_OK; }
};

class NoEvents final : public TransferEvents {
 public:
  void Answered(const FileState&, const std::wstring&) override {}
  void Progressed(const FileState&) override {}
  bool NetworkLost() override { return false; }
};

}  // namespace

Result FetchPieceHashes(const std::wstring& info, const HttpOptions& options, const Stop& stop) {
  FileSource source;
  source.url = JsonText(info, L"PiecesHashFileUrl");
  FileState state;
  Nowhere target;
  NoEvents events;
  const auto result = Fetch(source, target, state, Limits(), options, events, stop);
  if (result.outcome == Outcome::kDone || result.outcome == Outcome::kStopped) return result;
  return {Outcome::kFailed, Hresult(dosvc::abi::DO_E_INTEGRITYCHECKINFO_UNAVAILABLE), false};
}

}  // namespace dosvc_stand_in
