#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/encoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* Only what Swift cannot call (macros, variadics) is wrapped here, as `static inline`, prefix `mintmark_`. */

static const int mintmark_key_pair = EVP_PKEY_KEYPAIR;
static const char *const mintmark_rsa_parts[8] = {
    OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,         OSSL_PKEY_PARAM_RSA_D,
    OSSL_PKEY_PARAM_RSA_FACTOR1,   OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
    OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
};

/* n, e, d, p, q, dp, dq, q^-1 in this order; the caller keeps the numbers. */
static inline int mintmark_push_rsa_part(OSSL_PARAM_BLD *builder, int part, const BIGNUM *number) {
    return OSSL_PARAM_BLD_push_BN(builder, mintmark_rsa_parts[part], number);
}

/* Decoders and encoders keep the addresses of the names they are given, so the names must be C's own. */
static const char *const mintmark_pkcs1 = "type-specific";
static const char *const mintmark_spki = "SubjectPublicKeyInfo";

static inline OSSL_DECODER_CTX *mintmark_rsa_decoder(EVP_PKEY **key, const char *structure) {
    return OSSL_DECODER_CTX_new_for_pkey(key, "DER", structure, "RSA", EVP_PKEY_PUBLIC_KEY, NULL, NULL);
}

static inline OSSL_ENCODER_CTX *mintmark_rsa_encoder(const EVP_PKEY *key, const char *structure) {
    return OSSL_ENCODER_CTX_new_for_pkey(key, EVP_PKEY_PUBLIC_KEY, "DER", structure, NULL);
}

static inline void mintmark_free(void *memory) { OPENSSL_free(memory); }

static inline EVP_PKEY *mintmark_new_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline long mintmark_bio_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

/* 1 when the extension `identifier`, written as in openssl.cnf, was added. */
static inline int mintmark_add_extension(X509 *certificate, X509 *issuer, int identifier, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, identifier, value);
    if (extension == NULL) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}
