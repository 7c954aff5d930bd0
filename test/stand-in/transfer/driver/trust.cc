// SPDX-License-Identifier: MIT

#include "stand-in/transfer/driver/trust.h"

#include <windows.h>
// After windows.h.
#include <wincrypt.h>

#include <vector>

namespace dosvc_stand_in {
namespace {

std::vector<BYTE> Bytes(const std::wstring& path) {
  std::vector<BYTE> bytes(64 * 1024);
  const auto file =
      CreateFileW(path.c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  DWORD read = 0;
  if (!ReadFile(file, bytes.data(), static_cast<DWORD>(bytes.size()), &read, nullptr)) read = 0;
  CloseHandle(file);
  bytes.resize(read);
  return bytes;
}

bool Remove(HCERTSTORE store, PCCERT_CONTEXT certificate) {
  const auto found = CertFindCertificateInStore(
      store, X509_ASN_ENCODING, 0, CERT_FIND_EXISTING, certificate, nullptr);
  return found != nullptr && CertDeleteCertificateFromStore(found);
}

}  // namespace

bool Trust(const std::wstring& path, bool trusted) {
  const auto bytes = Bytes(path);
  const auto size = static_cast<DWORD>(bytes.size());
  const auto certificate = CertCreateCertificateContext(X509_ASN_ENCODING, bytes.data(), size);
  if (certificate == nullptr) return false;
  const auto store =
      CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0, CERT_SYSTEM_STORE_CURRENT_USER, L"Root");
  const auto done = trusted ? CertAddCertificateContextToStore(
                                  store, certificate, CERT_STORE_ADD_REPLACE_EXISTING, nullptr)
                            : Remove(store, certificate);
  CertCloseStore(store, 0);
  CertFreeCertificateContext(certificate);
  return done;
}

}  // namespace dosvc_stand_in
