// Made by npm run api:write from docs/reference/openapi.json.

export interface paths {
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your orders, newest first */
        get: operations["listOrders"];
        put?: never;
        /** Place an order; its stock and coupon are held until expiresAt */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pay an order from the wallet */
        post: operations["payOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call an order off; a paid one is refunded */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of your orders */
        get: operations["readOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The coupon campaigns that run now */
        get: operations["listCouponCampaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupon-campaigns/{id}/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a coupon: first come, first served, one for each customer */
        post: operations["issueCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your coupons, newest first */
        get: operations["listCoupons"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The balance of the wallet */
        get: operations["readWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/wallet/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put money into the wallet */
        post: operations["chargeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/wallet/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ledger of the wallet, newest first */
        get: operations["listWalletEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The catalogue, by id */
        get: operations["listProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One product, with its rating and latest reviews */
        get: operations["readProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/alternatives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products in stock to buy instead, best first */
        get: operations["listAlternatives"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/popular": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The products sold most in the last days, and how they moved since the last count */
        get: operations["readPopular"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/popular/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells when the popular products change, as server-sent events */
        get: operations["followPopular"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What buyers say of a product, newest first */
        get: operations["listReviews"];
        put?: never;
        /** Review a product that you bought, once */
        post: operations["writeReview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue with all its pieces, by id
         * @description Needs a token with the role `operator`.
         */
        get: operations["listShelves"];
        put?: never;
        /**
         * Put a product on sale
         * @description Needs a token with the role `operator`.
         */
        post: operations["registerProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a product's texts or price; orders already placed keep theirs
         * @description Needs a token with the role `operator`.
         */
        patch: operations["reviseProduct"];
        trace?: never;
    };
    "/api/v1/admin/products/{id}/restock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add pieces to the shelf
         * @description Needs a token with the role `operator`.
         */
        post: operations["restockProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/coupon-campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All campaigns, past and coming ones too, newest first
         * @description Needs a token with the role `operator`.
         */
        get: operations["listCampaigns"];
        put?: never;
        /**
         * Announce a coupon campaign
         * @description Needs a token with the role `operator`.
         */
        post: operations["openCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/coupon-campaigns/{id}/grow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add coupons to a campaign, also to one that is sold out
         * @description Needs a token with the role `operator`.
         */
        post: operations["growCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/coupon-campaigns/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a campaign that runs, now; coupons that were given stay good
         * @description Needs a token with the role `operator`.
         */
        post: operations["endCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages to the data platform, newest first
         * @description Needs a token with the role `operator`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send messages again: those that are named, else all that are FAILED
         * @description Needs a token with the role `operator`.
         */
        post: operations["replayDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody's orders, newest first
         * @description Those of one `status` come with the last to expire first. An order past its time that nobody has tidied up yet is not in the list of PENDING ones; within a second it is EXPIRED.
         *
         *     Needs a token with the role `operator`.
         */
        get: operations["searchOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/books": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything added up, and whether it agrees
         * @description All figures are of one moment, `countedAt`. Whoever asks within 5 seconds gets the same answer again; where there is so much that adding it up takes long, for twenty times as long.
         *
         *     Needs a token with the role `operator`.
         */
        get: operations["readBooks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the process that answers does
         * @description What `/metrics` tells on the management port, for pages: counts since the start of the process, which only grow. Ask twice, and see what happened between. `deliveries.waiting` is of all processes.
         *
         *     Needs a token with the role `operator`.
         */
        get: operations["readOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token to try things with; development only */
        post: operations["issueDevToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/rush": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the latest flash sale has come; development only */
        get: operations["readDevRush"];
        put?: never;
        /**
         * Play a flash sale of made-up customers against this shop; development only
         * @description They come over HTTP as anybody does: an operator restocks the first products of the catalogue and opens a coupon campaign, then customers charge, order, pay and change their minds. There is one at a time: while one is under way, this tells of that one.
         */
        post: operations["startDevRush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/rush/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the flash sale; its customers finish what they have asked for; development only */
        post: operations["stopDevRush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Can it serve requests? */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem means, and what to do about it */
        get: operations["readProblemPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["readDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page to read this document and try it */
        get: operations["readDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What that page loads */
        get: operations["readDocsAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at / */
        get: operations["openPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/popular": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /popular */
        get: operations["openPopularPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /products */
        get: operations["openProductsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /products/:id */
        get: operations["openProductsIdPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /cart */
        get: operations["openCartPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /orders */
        get: operations["openOrdersPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /orders/:id */
        get: operations["openOrdersIdPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /wallet */
        get: operations["openWalletPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /coupons */
        get: operations["openCouponsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /admin */
        get: operations["openAdminPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /admin/products */
        get: operations["openAdminProductsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /admin/campaigns */
        get: operations["openAdminCampaignsPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /admin/orders */
        get: operations["openAdminOrdersPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page at /admin/deliveries */
        get: operations["openAdminDeliveriesPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the pages load */
        get: operations["readPageAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dev/platform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the simulated data platform has received; development only */
        get: operations["readDevPlatform"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Make the simulated data platform fail, slow or well again; development only */
        patch: operations["changeDevPlatform"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An order.
         * @example {
         *       "id": 1001,
         *       "status": "PENDING",
         *       "items": [
         *         {
         *           "productId": 101,
         *           "name": "무선 마우스",
         *           "unitPrice": 25000,
         *           "quantity": 1,
         *           "amount": 25000
         *         }
         *       ],
         *       "couponId": null,
         *       "subtotal": 25000,
         *       "discount": 0,
         *       "total": 25000,
         *       "createdAt": "2024-01-17T00:30:00.000Z",
         *       "expiresAt": "2024-01-17T00:45:00.000Z",
         *       "paidAt": null,
         *       "paymentId": null
         *     }
         */
        Order: {
            id: number;
            /** @enum {string} */
            status: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
            items: {
                productId: number;
                name: string;
                /** @description Whole won, as it was when the order was placed. */
                unitPrice: number;
                quantity: number;
                /** @description Whole won. */
                amount: number;
            }[];
            couponId: number | null;
            /** @description Whole won. */
            subtotal: number;
            /** @description Whole won. */
            discount: number;
            /** @description Whole won. */
            total: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when its stock and coupon are held for the payment.
             */
            expiresAt: string;
            /** @description When it was paid, also when it was refunded later. */
            paidAt: string | null;
            paymentId: number | null;
        };
        /** @description The request is not valid. Some fields or parameters are missing, unknown or out of bounds; see errors. */
        ValidationFailedProblem: {
            /** @constant */
            type: "/docs/problems/VALIDATION_FAILED";
            /** @example The request is not valid */
            title: string;
            /** @constant */
            status: 400;
            /** @example Some fields or parameters are missing, unknown or out of bounds; see errors. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "VALIDATION_FAILED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * @example [
             *       {
             *         "path": "items.0.quantity",
             *         "message": "Too small: expected number to be >=1"
             *       }
             *     ]
             */
            errors: {
                /** @description Dotted: the field, parameter or header. */
                path: string;
                message: string;
            }[];
        };
        /** @description The body is not JSON. The body could not be read as JSON in UTF-8. */
        MalformedJsonProblem: {
            /** @constant */
            type: "/docs/problems/MALFORMED_JSON";
            /** @example The body is not JSON */
            title: string;
            /** @constant */
            status: 400;
            /** @example The body could not be read as JSON in UTF-8. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "MALFORMED_JSON";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The request is not HTTP. The request could not be read as HTTP/1.1. */
        MalformedRequestProblem: {
            /** @constant */
            type: "/docs/problems/MALFORMED_REQUEST";
            /** @example The request is not HTTP */
            title: string;
            /** @constant */
            status: 400;
            /** @example The request could not be read as HTTP/1.1. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "MALFORMED_REQUEST";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description Out of stock. Fewer pieces are free than were ordered; see items. Others may do; see alternatives. */
        OutOfStockProblem: {
            /** @constant */
            type: "/docs/problems/OUT_OF_STOCK";
            /** @example Out of stock */
            title: string;
            /** @constant */
            status: 400;
            /** @example Fewer pieces are free than were ordered; see items. Others may do; see alternatives. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "OUT_OF_STOCK";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            items: {
                /** @example 101 */
                productId: number;
                /** @example 2 */
                requested: number;
                /** @example 1 */
                available: number;
            }[];
            alternatives: components["schemas"]["ShelfProduct"][];
        };
        /**
         * @description A product as it stands on the shelf.
         * @example {
         *       "id": 101,
         *       "name": "무선 마우스",
         *       "price": 25000,
         *       "stock": 50,
         *       "category": "마우스"
         *     }
         */
        ShelfProduct: {
            id: number;
            name: string;
            /** @description Whole won. */
            price: number;
            /** @description Pieces that can be ordered now. */
            stock: number;
            category: string;
        };
        /** @description The wallet holds too little. The balance is less than what is required. Charge the wallet and try again. */
        InsufficientBalanceProblem: {
            /** @constant */
            type: "/docs/problems/INSUFFICIENT_BALANCE";
            /** @example The wallet holds too little */
            title: string;
            /** @constant */
            status: 400;
            /** @example The balance is less than what is required. Charge the wallet and try again. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "INSUFFICIENT_BALANCE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 15000 */
            balance: number;
            /** @example 120000 */
            required: number;
        };
        /** @description Authentication is needed. This needs a valid bearer token in the header Authorization. */
        UnauthenticatedProblem: {
            /** @constant */
            type: "/docs/problems/UNAUTHENTICATED";
            /** @example Authentication is needed */
            title: string;
            /** @constant */
            status: 401;
            /** @example This needs a valid bearer token in the header Authorization. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "UNAUTHENTICATED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description No such product. There is no product with this id. */
        ProductNotFoundProblem: {
            /** @constant */
            type: "/docs/problems/PRODUCT_NOT_FOUND";
            /** @example No such product */
            title: string;
            /** @constant */
            status: 404;
            /** @example There is no product with this id. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "PRODUCT_NOT_FOUND";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 101 */
            productId: number;
        };
        /** @description No such coupon. You have no coupon with this id. */
        CouponNotFoundProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_NOT_FOUND";
            /** @example No such coupon */
            title: string;
            /** @constant */
            status: 404;
            /** @example You have no coupon with this id. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_NOT_FOUND";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 3001 */
            couponId: number;
        };
        /** @description The coupon cannot be used. The coupon is used, held by another order, or expired; see couponStatus. */
        CouponNotUsableProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_NOT_USABLE";
            /** @example The coupon cannot be used */
            title: string;
            /** @constant */
            status: 409;
            /** @example The coupon is used, held by another order, or expired; see couponStatus. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_NOT_USABLE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * @example USED
             * @enum {string}
             */
            couponStatus: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
        };
        /** @description Too busy. More requests are waiting than can be served soon. Nothing was done; try again. */
        ServiceBusyProblem: {
            /** @constant */
            type: "/docs/problems/SERVICE_BUSY";
            /** @example Too busy */
            title: string;
            /** @constant */
            status: 503;
            /** @example More requests are waiting than can be served soon. Nothing was done; try again. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "SERVICE_BUSY";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description Something this service needs is away. Something this service needs does not answer. Nothing was half done; try again. */
        DependencyUnavailableProblem: {
            /** @constant */
            type: "/docs/problems/DEPENDENCY_UNAVAILABLE";
            /** @example Something this service needs is away */
            title: string;
            /** @constant */
            status: 503;
            /** @example Something this service needs does not answer. Nothing was half done; try again. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "DEPENDENCY_UNAVAILABLE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The outcome is not known. The connection broke while the work was being saved: it may or may not be done. Retry with the same Idempotency-Key to learn which, without doing it twice. */
        OutcomeUnknownProblem: {
            /** @constant */
            type: "/docs/problems/OUTCOME_UNKNOWN";
            /** @example The outcome is not known */
            title: string;
            /** @constant */
            status: 503;
            /** @example The connection broke while the work was being saved: it may or may not be done. Retry with the same Idempotency-Key to learn which, without doing it twice. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "OUTCOME_UNKNOWN";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The body is too large. The body is larger than the limit, in bytes. */
        PayloadTooLargeProblem: {
            /** @constant */
            type: "/docs/problems/PAYLOAD_TOO_LARGE";
            /** @example The body is too large */
            title: string;
            /** @constant */
            status: 413;
            /** @example The body is larger than the limit, in bytes. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "PAYLOAD_TOO_LARGE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 100000 */
            limit: number;
        };
        /** @description The body is of an unsupported type. Send application/json in UTF-8, without a content encoding. */
        UnsupportedMediaTypeProblem: {
            /** @constant */
            type: "/docs/problems/UNSUPPORTED_MEDIA_TYPE";
            /** @example The body is of an unsupported type */
            title: string;
            /** @constant */
            status: 415;
            /** @example Send application/json in UTF-8, without a content encoding. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "UNSUPPORTED_MEDIA_TYPE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The idempotency key was used for another request. Send a fresh Idempotency-Key for every new request. */
        IdempotencyKeyReusedProblem: {
            /** @constant */
            type: "/docs/problems/IDEMPOTENCY_KEY_REUSED";
            /** @example The idempotency key was used for another request */
            title: string;
            /** @constant */
            status: 422;
            /** @example Send a fresh Idempotency-Key for every new request. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "IDEMPOTENCY_KEY_REUSED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description Too many requests. There were more requests than the policy allows. Nothing was done; try again later. */
        RateLimitedProblem: {
            /** @constant */
            type: "/docs/problems/RATE_LIMITED";
            /** @example Too many requests */
            title: string;
            /** @constant */
            status: 429;
            /** @example There were more requests than the policy allows. Nothing was done; try again later. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "RATE_LIMITED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example customer */
            policy: string;
            /** @example 100 */
            limit: number;
        };
        /** @description Something went wrong here. It is our fault, not yours. It was logged under this requestId. */
        InternalErrorProblem: {
            /** @constant */
            type: "/docs/problems/INTERNAL_ERROR";
            /** @example Something went wrong here */
            title: string;
            /** @constant */
            status: 500;
            /** @example It is our fault, not yours. It was logged under this requestId. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "INTERNAL_ERROR";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /**
         * @description A payment that was made.
         * @example {
         *       "paymentId": 2001,
         *       "orderId": 1001,
         *       "status": "SUCCESS",
         *       "amount": 25000,
         *       "balance": 25000,
         *       "orderStatus": "COMPLETED"
         *     }
         */
        Payment: {
            paymentId: number;
            orderId: number;
            /** @constant */
            status: "SUCCESS";
            /** @description Whole won. */
            amount: number;
            /** @description What is left in the wallet. */
            balance: number;
            /** @constant */
            orderStatus: "COMPLETED";
        };
        /** @description No such order. You have no order with this id. */
        OrderNotFoundProblem: {
            /** @constant */
            type: "/docs/problems/ORDER_NOT_FOUND";
            /** @example No such order */
            title: string;
            /** @constant */
            status: 404;
            /** @example You have no order with this id. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "ORDER_NOT_FOUND";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 1001 */
            orderId: number;
        };
        /** @description The order cannot be paid. The order is no longer pending; see orderStatus. */
        OrderNotPayableProblem: {
            /** @constant */
            type: "/docs/problems/ORDER_NOT_PAYABLE";
            /** @example The order cannot be paid */
            title: string;
            /** @constant */
            status: 409;
            /** @example The order is no longer pending; see orderStatus. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "ORDER_NOT_PAYABLE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * @example EXPIRED
             * @enum {string}
             */
            orderStatus: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
        };
        /** @description Not the order's total. The amount is not the order's total, which is required. */
        AmountMismatchProblem: {
            /** @constant */
            type: "/docs/problems/AMOUNT_MISMATCH";
            /** @example Not the order's total */
            title: string;
            /** @constant */
            status: 409;
            /** @example The amount is not the order's total, which is required. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "AMOUNT_MISMATCH";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 25000 */
            required: number;
        };
        /** @description The order cannot be cancelled. The order is over already; see orderStatus. */
        OrderNotCancellableProblem: {
            /** @constant */
            type: "/docs/problems/ORDER_NOT_CANCELLABLE";
            /** @example The order cannot be cancelled */
            title: string;
            /** @constant */
            status: 409;
            /** @example The order is over already; see orderStatus. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "ORDER_NOT_CANCELLABLE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * @example CANCELLED
             * @enum {string}
             */
            orderStatus: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
        };
        /**
         * @description A coupon campaign.
         * @example {
         *       "id": 501,
         *       "name": "선착순 10% 할인",
         *       "discountRate": 10,
         *       "totalQuantity": 100,
         *       "remainingQuantity": 37,
         *       "startsAt": "2024-01-01T00:00:00.000Z",
         *       "endsAt": "2100-01-01T00:00:00.000Z"
         *     }
         */
        CouponCampaign: {
            id: number;
            name: string;
            /** @description Whole per cent. */
            discountRate: number;
            totalQuantity: number;
            remainingQuantity: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            startsAt: string;
            /**
             * Format: date-time
             * @description The first moment at which it is over.
             */
            endsAt: string;
        };
        /**
         * @description A customer's coupon.
         * @example {
         *       "id": 3001,
         *       "couponCampaignId": 501,
         *       "issueNumber": 1,
         *       "discountRate": 10,
         *       "status": "AVAILABLE",
         *       "issuedAt": "2024-01-17T00:30:00.000Z",
         *       "expiresAt": "2024-02-16T00:30:00.000Z"
         *     }
         */
        Coupon: {
            id: number;
            couponCampaignId: number;
            /** @description Which of the campaign it is: 1 to N without a gap. */
            issueNumber: number;
            /** @description Whole per cent. */
            discountRate: number;
            /** @enum {string} */
            status: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            expiresAt: string;
        };
        /** @description No such coupon campaign. There is no coupon campaign with this id. */
        CouponCampaignNotFoundProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_CAMPAIGN_NOT_FOUND";
            /** @example No such coupon campaign */
            title: string;
            /** @constant */
            status: 404;
            /** @example There is no coupon campaign with this id. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_CAMPAIGN_NOT_FOUND";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 501 */
            couponCampaignId: number;
        };
        /** @description The campaign is not running. The campaign runs from startsAt until just before endsAt. */
        CouponCampaignNotActiveProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_CAMPAIGN_NOT_ACTIVE";
            /** @example The campaign is not running */
            title: string;
            /** @constant */
            status: 409;
            /** @example The campaign runs from startsAt until just before endsAt. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_CAMPAIGN_NOT_ACTIVE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * Format: date-time
             * @example 2024-01-17T00:30:00.000Z
             */
            startsAt: string;
            /**
             * Format: date-time
             * @example 2024-01-17T00:30:00.000Z
             */
            endsAt: string;
        };
        /** @description All coupons are taken. The campaign has no coupon left. Others may be running. */
        CouponExhaustedProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_EXHAUSTED";
            /** @example All coupons are taken */
            title: string;
            /** @constant */
            status: 409;
            /** @example The campaign has no coupon left. Others may be running. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_EXHAUSTED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description You have one already. A campaign gives each customer one coupon, and you have yours. */
        CouponAlreadyIssuedProblem: {
            /** @constant */
            type: "/docs/problems/COUPON_ALREADY_ISSUED";
            /** @example You have one already */
            title: string;
            /** @constant */
            status: 409;
            /** @example A campaign gives each customer one coupon, and you have yours. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "COUPON_ALREADY_ISSUED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /**
         * @description A customer's wallet.
         * @example {
         *       "userId": 1,
         *       "balance": 50000,
         *       "updatedAt": "2024-01-17T00:30:00.000Z"
         *     }
         */
        Wallet: {
            userId: number;
            /** @description Whole won. */
            balance: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            updatedAt: string;
        };
        /**
         * @description A charge that was taken.
         * @example {
         *       "chargeId": 9001,
         *       "amount": 50000,
         *       "balance": 50000
         *     }
         */
        Charge: {
            chargeId: number;
            /** @description Whole won. */
            amount: number;
            /** @description What the wallet holds now. */
            balance: number;
        };
        /** @description Not an amount that can be charged. A charge is a whole number of won between min and max. */
        InvalidAmountProblem: {
            /** @constant */
            type: "/docs/problems/INVALID_AMOUNT";
            /** @example Not an amount that can be charged */
            title: string;
            /** @constant */
            status: 400;
            /** @example A charge is a whole number of won between min and max. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "INVALID_AMOUNT";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 1 */
            min: number;
            /** @example 10000000 */
            max: number;
        };
        /** @description The wallet would hold too much. The charge would lift the balance above the limit. */
        BalanceLimitExceededProblem: {
            /** @constant */
            type: "/docs/problems/BALANCE_LIMIT_EXCEEDED";
            /** @example The wallet would hold too much */
            title: string;
            /** @constant */
            status: 400;
            /** @example The charge would lift the balance above the limit. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "BALANCE_LIMIT_EXCEEDED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 999990000 */
            balance: number;
            /** @example 1000000000 */
            limit: number;
        };
        /**
         * @description One line of the ledger.
         * @example {
         *       "id": 9002,
         *       "kind": "PAYMENT",
         *       "amount": -25000,
         *       "balanceAfter": 25000,
         *       "orderId": 1001,
         *       "createdAt": "2024-01-17T00:30:00.000Z"
         *     }
         */
        WalletEntry: {
            id: number;
            /** @enum {string} */
            kind: "CHARGE" | "PAYMENT" | "REFUND";
            /** @description Whole won: positive into the wallet, negative out of it. */
            amount: number;
            /** @description Whole won. */
            balanceAfter: number;
            /** @description The order that was paid or refunded; absent for a charge. */
            orderId?: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
        };
        /**
         * @description A product with its rating and latest reviews.
         * @example {
         *       "id": 101,
         *       "name": "무선 마우스",
         *       "price": 25000,
         *       "stock": 50,
         *       "category": "마우스",
         *       "description": "조용하고 가벼운 무선 마우스입니다.",
         *       "rating": {
         *         "average": 5,
         *         "count": 1
         *       },
         *       "reviews": [
         *         {
         *           "id": 1,
         *           "rating": 5,
         *           "text": "손에 잘 맞아요.",
         *           "createdAt": "2024-01-17T00:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        ProductDetails: {
            id: number;
            name: string;
            /** @description Whole won. */
            price: number;
            /** @description Pieces that can be ordered now. */
            stock: number;
            category: string;
            description: string;
            rating: {
                /** @description 0 without a rating. */
                average: number;
                count: number;
            };
            /** @description The latest five, newest first. */
            reviews: components["schemas"]["Review"][];
        };
        /**
         * @description What a buyer says.
         * @example {
         *       "id": 1,
         *       "rating": 5,
         *       "text": "손에 잘 맞아요.",
         *       "createdAt": "2024-01-17T00:30:00.000Z"
         *     }
         */
        Review: {
            id: number;
            rating: number;
            text: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
        };
        /**
         * @description The products sold most.
         * @example {
         *       "period": {
         *         "from": "2024-01-15",
         *         "to": "2024-01-17",
         *         "days": 3
         *       },
         *       "sort": "quantity",
         *       "totalQuantity": 1250,
         *       "computedAt": "2024-01-17T00:30:00.000Z",
         *       "items": [
         *         {
         *           "rank": 1,
         *           "previousRank": 2,
         *           "change": "UP",
         *           "rankDelta": 1,
         *           "productId": 103,
         *           "name": "게이밍 마우스",
         *           "price": 65000,
         *           "quantitySold": 150,
         *           "revenue": 9750000
         *         }
         *       ]
         *     }
         */
        Popular: {
            period: {
                /** Format: date */
                from: string;
                /**
                 * Format: date
                 * @description Today is included.
                 */
                to: string;
                /** @description Calendar days of the shop's zone. */
                days: number;
            };
            /** @enum {string} */
            sort: "quantity" | "revenue";
            /** @description Pieces sold in the period, those of unlisted products too. */
            totalQuantity: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            computedAt: string;
            items: components["schemas"]["PopularItem"][];
        };
        /**
         * @description A popular product and how it moved.
         * @example {
         *       "rank": 1,
         *       "previousRank": 2,
         *       "change": "UP",
         *       "rankDelta": 1,
         *       "productId": 103,
         *       "name": "게이밍 마우스",
         *       "price": 65000,
         *       "quantitySold": 150,
         *       "revenue": 9750000
         *     }
         */
        PopularItem: {
            rank: number;
            /** @description Null when it was not ranked then. */
            previousRank: number | null;
            /** @enum {string} */
            change: "UP" | "DOWN" | "SAME" | "NEW";
            /** @description Places won; negative when lost, 0 for a NEW one. */
            rankDelta: number;
            productId: number;
            name: string;
            /** @description Whole won. */
            price: number;
            /** @description Pieces, refunds taken back. */
            quantitySold: number;
            /** @description Whole won after discounts, refunds taken back. */
            revenue: number;
        };
        /**
         * @description The data of an event `ranking`: the top as it is now.
         * @example {
         *       "days": 3,
         *       "computedAt": "2024-01-17T00:30:00.000Z",
         *       "items": [
         *         {
         *           "rank": 1,
         *           "previousRank": 2,
         *           "change": "UP",
         *           "rankDelta": 1,
         *           "productId": 103,
         *           "name": "게이밍 마우스",
         *           "price": 65000,
         *           "quantitySold": 150,
         *           "revenue": 9750000
         *         }
         *       ]
         *     }
         */
        RankingEvent: {
            /** @description Calendar days of the shop's zone. */
            days: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            computedAt: string;
            items: components["schemas"]["PopularItem"][];
        };
        /**
         * @description The data of an event `trend`: who took first place, or came into the top.
         * @example {
         *       "productId": 103,
         *       "name": "게이밍 마우스",
         *       "rank": 1,
         *       "previousRank": 2,
         *       "message": "게이밍 마우스가 1위로 올라섰습니다!"
         *     }
         */
        TrendEvent: {
            productId: number;
            name: string;
            rank: number;
            previousRank: number | null;
            message: string;
        };
        /** @description You may not do this. Only who has a completed order with this product may review it. */
        ReviewNotAllowedProblem: {
            /** @constant */
            type: "/docs/problems/FORBIDDEN";
            /** @example You may not do this */
            title: string;
            /** @constant */
            status: 403;
            /** @example Only who has a completed order with this product may review it. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "FORBIDDEN";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 101 */
            productId: number;
        };
        /** @description Already reviewed. A customer reviews a product once, and you have. */
        ReviewAlreadyWrittenProblem: {
            /** @constant */
            type: "/docs/problems/REVIEW_ALREADY_WRITTEN";
            /** @example Already reviewed */
            title: string;
            /** @constant */
            status: 409;
            /** @example A customer reviews a product once, and you have. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "REVIEW_ALREADY_WRITTEN";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 101 */
            productId: number;
        };
        /**
         * @description A product, and all its pieces.
         * @example {
         *       "id": 101,
         *       "name": "무선 마우스",
         *       "description": "조용하고 가벼운 무선 마우스입니다.",
         *       "category": "마우스",
         *       "price": 25000,
         *       "stock": 42,
         *       "onHand": 50,
         *       "reserved": 8
         *     }
         */
        Shelf: {
            id: number;
            name: string;
            /** @description Whole won. */
            price: number;
            /** @description Pieces that can be ordered now. */
            stock: number;
            category: string;
            description: string;
            /** @description Pieces there are, the reserved ones too. */
            onHand: number;
            /** @description Of those, pieces held for orders that are not paid yet. */
            reserved: number;
        };
        /** @description You may not do this. This needs the role operator. */
        ForbiddenProblem: {
            /** @constant */
            type: "/docs/problems/FORBIDDEN";
            /** @example You may not do this */
            title: string;
            /** @constant */
            status: 403;
            /** @example This needs the role operator. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "FORBIDDEN";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /**
         * @description A product as its operator sees it.
         * @example {
         *       "id": 101,
         *       "name": "무선 마우스",
         *       "price": 25000,
         *       "stock": 50,
         *       "category": "마우스",
         *       "description": "조용하고 가벼운 무선 마우스입니다."
         *     }
         */
        Product: {
            id: number;
            name: string;
            /** @description Whole won. */
            price: number;
            /** @description Pieces that can be ordered now. */
            stock: number;
            category: string;
            description: string;
        };
        /**
         * @description What is on the shelf now.
         * @example {
         *       "id": 101,
         *       "stock": 55
         *     }
         */
        Restocked: {
            id: number;
            /** @description Pieces that can be ordered now. */
            stock: number;
        };
        /** @description The shelf would hold too much. The pieces on hand and those to be added are more than the limit. */
        StockLimitExceededProblem: {
            /** @constant */
            type: "/docs/problems/STOCK_LIMIT_EXCEEDED";
            /** @example The shelf would hold too much */
            title: string;
            /** @constant */
            status: 409;
            /** @example The pieces on hand and those to be added are more than the limit. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "STOCK_LIMIT_EXCEEDED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 101 */
            productId: number;
            /** @example 55 */
            onHand: number;
            /** @example 1000000000 */
            limit: number;
        };
        /**
         * @description A coupon campaign as its operator sees it.
         * @example {
         *       "id": 501,
         *       "name": "선착순 10% 할인",
         *       "discountRate": 10,
         *       "totalQuantity": 100,
         *       "remainingQuantity": 37,
         *       "startsAt": "2024-01-01T00:00:00.000Z",
         *       "endsAt": "2100-01-01T00:00:00.000Z",
         *       "issuedQuantity": 63,
         *       "couponValidDays": 30,
         *       "state": "RUNNING"
         *     }
         */
        OperatorCampaign: {
            id: number;
            name: string;
            /** @description Whole per cent. */
            discountRate: number;
            totalQuantity: number;
            remainingQuantity: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            startsAt: string;
            /**
             * Format: date-time
             * @description The first moment at which it is over.
             */
            endsAt: string;
            /** @description Coupons given so far. */
            issuedQuantity: number;
            /** @description For how many days a coupon is good. */
            couponValidDays: number;
            /** @enum {string} */
            state: "UPCOMING" | "RUNNING" | "ENDED";
        };
        /** @description The campaign would be too large. The campaign's coupons and those to be added are more than the limit. */
        CampaignLimitExceededProblem: {
            /** @constant */
            type: "/docs/problems/CAMPAIGN_LIMIT_EXCEEDED";
            /** @example The campaign would be too large */
            title: string;
            /** @constant */
            status: 409;
            /** @example The campaign's coupons and those to be added are more than the limit. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "CAMPAIGN_LIMIT_EXCEEDED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 100 */
            totalQuantity: number;
            /** @example 10000000 */
            limit: number;
        };
        /**
         * @description A message about an order to the data platform.
         * @example {
         *       "id": 7001,
         *       "orderId": 1001,
         *       "type": "jumun.order.completed.v1",
         *       "status": "FAILED",
         *       "attempts": 4,
         *       "lastError": "connection refused",
         *       "nextAttemptAt": "2024-01-17T00:45:00.000Z",
         *       "deliveredAt": null
         *     }
         */
        Delivery: {
            id: number;
            orderId: number;
            /** @description What happened, and the version of its form. */
            type: string;
            /** @enum {string} */
            status: "PENDING" | "DELIVERED" | "FAILED";
            /** @description How often it was sent. */
            attempts: number;
            /** @description Why the last attempt failed. */
            lastError: string | null;
            /** @description When it is sent again by itself; null when it is delivered, or was refused and waits for an operator. */
            nextAttemptAt: string | null;
            deliveredAt: string | null;
        };
        /**
         * @description How many messages are in line again.
         * @example {
         *       "requeued": 3
         *     }
         */
        Replay: {
            requeued: number;
        };
        /**
         * @description An order, and whose it is.
         * @example {
         *       "id": 1001,
         *       "status": "COMPLETED",
         *       "items": [
         *         {
         *           "productId": 101,
         *           "name": "무선 마우스",
         *           "unitPrice": 25000,
         *           "quantity": 1,
         *           "amount": 25000
         *         }
         *       ],
         *       "couponId": null,
         *       "subtotal": 25000,
         *       "discount": 0,
         *       "total": 25000,
         *       "createdAt": "2024-01-17T00:30:00.000Z",
         *       "expiresAt": "2024-01-17T00:45:00.000Z",
         *       "paidAt": "2024-01-17T00:31:00.000Z",
         *       "paymentId": 2001,
         *       "userId": 1
         *     }
         */
        OperatorOrder: {
            id: number;
            /** @enum {string} */
            status: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
            items: {
                productId: number;
                name: string;
                /** @description Whole won, as it was when the order was placed. */
                unitPrice: number;
                quantity: number;
                /** @description Whole won. */
                amount: number;
            }[];
            couponId: number | null;
            /** @description Whole won. */
            subtotal: number;
            /** @description Whole won. */
            discount: number;
            /** @description Whole won. */
            total: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until when its stock and coupon are held for the payment.
             */
            expiresAt: string;
            /** @description When it was paid, also when it was refunded later. */
            paidAt: string | null;
            paymentId: number | null;
            /** @description The customer. */
            userId: number;
        };
        /**
         * @description Everything that the shop has written down, added up at one moment.
         * @example {
         *       "countedAt": "2024-01-17T00:30:00.000Z",
         *       "agrees": true,
         *       "checks": [
         *         {
         *           "name": "WALLETS_AND_LEDGER",
         *           "one": 25000,
         *           "other": 25000,
         *           "agrees": true
         *         }
         *       ],
         *       "wallets": {
         *         "count": 1,
         *         "balance": 25000
         *       },
         *       "ledger": {
         *         "entries": 2,
         *         "charged": 50000,
         *         "paid": -25000,
         *         "refunded": 0,
         *         "balance": 25000
         *       },
         *       "stock": {
         *         "products": 1,
         *         "onHand": 49,
         *         "held": 0,
         *         "sold": 1
         *       },
         *       "orders": [
         *         {
         *           "status": "COMPLETED",
         *           "count": 1,
         *           "total": 25000
         *         }
         *       ],
         *       "revenue": 25000,
         *       "coupons": {
         *         "campaigns": 1,
         *         "totalQuantity": 100,
         *         "issued": 0,
         *         "available": 0,
         *         "reserved": 0,
         *         "used": 0,
         *         "expired": 0
         *       },
         *       "campaigns": [
         *         {
         *           "id": 501,
         *           "name": "선착순 10% 할인",
         *           "totalQuantity": 100,
         *           "issued": 0,
         *           "coupons": {
         *             "issued": 0,
         *             "available": 0,
         *             "reserved": 0,
         *             "used": 0,
         *             "expired": 0
         *           }
         *         }
         *       ]
         *     }
         */
        Books: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            countedAt: string;
            /** @description Whether every check does. */
            agrees: boolean;
            /** @description Figures from different places that must be the same. */
            checks: {
                /** @enum {string} */
                name: "WALLETS_AND_LEDGER" | "PAYMENTS_AND_ORDERS" | "REFUNDS_AND_ORDERS" | "SALES_AND_ORDERS" | "HELD_PIECES_AND_ORDERS" | "COUPONS_AND_CAMPAIGNS" | "HELD_COUPONS_AND_ORDERS" | "USED_COUPONS_AND_ORDERS";
                /** @description The first figure that the name says. */
                one: number;
                /** @description The second one. */
                other: number;
                agrees: boolean;
            }[];
            /** @description What all customers have. */
            wallets: {
                count: number;
                /** @description Whole won. */
                balance: number;
            };
            /** @description What was written into the ledgers of all customers. */
            ledger: {
                entries: number;
                /** @description Whole won. */
                charged: number;
                /** @description Whole won, negative. */
                paid: number;
                /** @description Whole won. */
                refunded: number;
                /** @description The sum of all entries. */
                balance: number;
            };
            /** @description Pieces. */
            stock: {
                products: number;
                onHand: number;
                /** @description Reserved for orders that are not paid yet. */
                held: number;
                /** @description Refunded ones taken off. */
                sold: number;
            };
            orders: {
                /** @enum {string} */
                status: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
                count: number;
                /** @description Whole won. */
                total: number;
            }[];
            /** @description Won of all sales, refunds taken off. */
            revenue: number;
            coupons: {
                campaigns: number;
                totalQuantity: number;
                issued: number;
                available: number;
                /** @description Held for orders that are not paid yet. */
                reserved: number;
                used: number;
                /** @description Not used in time. */
                expired: number;
            };
            /** @description The latest fifty, newest first. */
            campaigns: {
                id: number;
                name: string;
                totalQuantity: number;
                /** @description As the campaign counts them. */
                issued: number;
                coupons: {
                    issued: number;
                    available: number;
                    /** @description Held for orders that are not paid yet. */
                    reserved: number;
                    used: number;
                    /** @description Not used in time. */
                    expired: number;
                };
            }[];
        };
        /** @description How one process does. Counts are since its start, and only grow. */
        Overview: {
            /** @description Names the process, since its start: behind a load balancer the next answer may be of another one. */
            instance: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            startedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC.
             */
            now: string;
            /** @description Commands of customers that were accepted; one that was answered again is not counted again. */
            accepted: {
                chargeWallet: number;
                placeOrder: number;
                payOrder: number;
                cancelOrder: number;
                issueCoupon: number;
            };
            desks: {
                /** @enum {string} */
                name: "orders" | "coupons" | "catalogue" | "wallets" | "stocks";
                /** @description What waits now. */
                queued: number;
                /** @description Commands, or reads, that were done. */
                items: number;
                /** @description Transactions, or queries, that it took. */
                batches: number;
                /** @description Refused because too much waited. */
                refused: number;
                retries: number;
                splits: number;
                batchSize: components["schemas"]["Distribution"];
                /** @description How long they waited for their batch to begin, in milliseconds. */
                waitMs: components["schemas"]["Distribution"];
                /** @description How long batches took, in milliseconds. */
                workMs: components["schemas"]["Distribution"];
            }[];
            /** @description Null where `METRICS` is off. */
            requests: {
                /** @description Requests that are being answered now. */
                inFlight: number;
                /** @description From arrival to answer, in milliseconds, over all routes but the streams of events. */
                tookMs: components["schemas"]["Distribution"];
                routes: {
                    /** @description The pattern of its path; `none` for what is no route. */
                    route: string;
                    method: string;
                    requests: number;
                    /** @description Answered with a status of 400 to 499. */
                    refused: number;
                    /** @description Answered with a status of 500 to 599. */
                    failed: number;
                    meanMs: number;
                    maxMs: number;
                }[];
            } | null;
            /** @description Connections of clients that are open now. */
            connections: number;
            /** @description What came over a connection and never became a request. */
            malformed: number;
            /** @description Streams of events; `sent` counts a message once for every stream. */
            streams: {
                open: number;
                sent: number;
                cutOff: number;
            };
            popular: {
                /** @description When the rankings shown were computed; 0 before the first. */
                version: number;
                /** @description Requests answered with prepared bytes. */
                ahead: number;
                /** @description Reads answered from the memory of this process. */
                memory: number;
                /** @description Of those, with what was just being replaced. */
                stale: number;
                waited: number;
                /** @description Rankings that the shared cache had. */
                cache: number;
                /** @description Rankings that were built from the database. */
                database: number;
                failures: number;
            };
            /** @description The cache for product pages and rankings. */
            caches: {
                /** @description `process` or `redis`. */
                layer: string;
                hits: number;
                misses: number;
                /** @description What the database was asked for. */
                loads: number;
                /** @description Reads that went on without the cache because it is away. */
                fallbacks: number;
            }[];
            breakers: {
                /** @description `platform`, or a connection to Redis. */
                name: string;
                /**
                 * @description CLOSED: all is well. OPEN: it is left alone. PROBING: it is asked whether it is back. AWAY: no connection.
                 * @enum {string}
                 */
                state: "CLOSED" | "OPEN" | "PROBING" | "AWAY";
                /** @description How often that has happened. */
                opened: number;
            }[];
            database: {
                /** @description Uses that found it away. */
                away: number;
                replicaFallbacks: number;
                /** @description Transactions. */
                committed: number;
                failed: number;
                /** @description Transactions that were run again because another one was in the way. */
                reruns: number;
                pools: {
                    name: string;
                    used: number;
                    free: number;
                    max: number;
                    waiting: number;
                }[];
            } | null;
            deliveries: {
                /** @description What the data platform has not been told, by any process; null while the database is away. */
                waiting: {
                    pending: number;
                    failed: number;
                    oldestAt: string | null;
                } | null;
                /** @description What this process has sent; null where others do. */
                relay: {
                    inFlight: number;
                    attempts: number;
                    delivered: number;
                    retried: number;
                    failed: number;
                    refused: number;
                } | null;
            };
            loop: {
                /** @description Milliseconds that the event loop has worked. */
                activeMs: number;
                /** @description Milliseconds that it has waited for work. */
                idleMs: number;
                /** @description How late timers were since somebody asked last, in milliseconds. */
                lateMs: {
                    mean: number;
                    p99: number;
                    max: number;
                } | null;
            };
            memoryBytes: number;
        };
        /**
         * @description How often a figure came out how high, since the process was started.
         * @example {
         *       "bounds": [
         *         1,
         *         2,
         *         5
         *       ],
         *       "counts": [
         *         4,
         *         1,
         *         0
         *       ],
         *       "count": 6,
         *       "sum": 16.5,
         *       "max": 9
         *     }
         */
        Distribution: {
            /** @description The highest figure of each bucket; what is higher than the last is in none. */
            bounds: number[];
            /** @description How many figures fell into each bucket. */
            counts: number[];
            /** @description How many figures there were. */
            count: number;
            sum: number;
            max: number;
        };
        /**
         * @description A bearer token.
         * @example {
         *       "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
         *     }
         */
        DevToken: {
            token: string;
        };
        /** @description No such route. There is nothing at this path. */
        RouteNotFoundProblem: {
            /** @constant */
            type: "/docs/problems/ROUTE_NOT_FOUND";
            /** @example No such route */
            title: string;
            /** @constant */
            status: 404;
            /** @example There is nothing at this path. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "ROUTE_NOT_FOUND";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /**
         * @description A flash sale that the shop plays against itself, and how far it has come.
         * @example {
         *       "state": "RUNNING",
         *       "customers": 300,
         *       "products": 8,
         *       "seconds": 20,
         *       "startedAt": "2024-01-17T00:30:00.000Z",
         *       "finishedAt": null,
         *       "arrived": 120,
         *       "gone": 118,
         *       "campaignId": 1001,
         *       "tally": {
         *         "charged": 9400000,
         *         "spent": 6120000,
         *         "refunded": 410000,
         *         "ordersPlaced": 109,
         *         "ordersPaid": 95,
         *         "ordersCancelled": 8,
         *         "ordersRefunded": 7,
         *         "pieces": 117,
         *         "coupons": 64,
         *         "refusals": {
         *           "OUT_OF_STOCK": 9
         *         },
         *         "unanswered": 0
         *       }
         *     }
         */
        Rush: {
            /**
             * @description `IDLE`: there was none yet. `STOPPED`: it ended before everybody had come.
             * @enum {string}
             */
            state: "IDLE" | "RUNNING" | "STOPPED" | "FINISHED";
            /** @description How many come. */
            customers: number;
            /** @description How many products they want. */
            products: number;
            /** @description In what time they come. */
            seconds: number;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description How many have come by now. */
            arrived: number;
            /** @description How many of them have gone again. */
            gone: number;
            /** @description Whose coupons are given away. */
            campaignId: number | null;
            /** @description What its customers were told, added up. */
            tally: {
                /** @description Whole won. */
                charged: number;
                /** @description Whole won, paid for orders. */
                spent: number;
                /** @description Whole won, given back for orders that had been paid. */
                refunded: number;
                ordersPlaced: number;
                ordersPaid: number;
                /** @description Called off before they were paid. */
                ordersCancelled: number;
                /** @description Called off after they were paid; counted as paid, too. */
                ordersRefunded: number;
                /** @description Paid for, without those that came back. */
                pieces: number;
                coupons: number;
                /** @description By code. */
                refusals: {
                    [key: string]: number;
                };
                /** @description Requests that nobody answered. */
                unanswered: number;
            };
        };
        /** @description Not ready. Something this service needs is down, or it is stopping; see down. */
        NotReadyProblem: {
            /** @constant */
            type: "/docs/problems/NOT_READY";
            /** @example Not ready */
            title: string;
            /** @constant */
            status: 503;
            /** @example Something this service needs is down, or it is stopping; see down. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "NOT_READY";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /**
             * @example [
             *       "database"
             *     ]
             */
            down: string[];
        };
        /**
         * @description What the simulated data platform has received, and how it behaves.
         * @example {
         *       "behaviour": {
         *         "down": false,
         *         "latencyMs": 0,
         *         "errorRate": 0,
         *         "timeoutRate": 0,
         *         "resetRate": 0,
         *         "duplicateRate": 0
         *       },
         *       "messages": 1,
         *       "duplicates": 0,
         *       "refused": 0,
         *       "failed": 0,
         *       "gaps": [],
         *       "latest": [
         *         {
         *           "webhookId": "order-1001-1",
         *           "type": "jumun.order.completed.v1",
         *           "orderId": 1001,
         *           "sequence": 1,
         *           "arrival": "NEW",
         *           "receivedAt": "2024-01-17T00:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        SimulatedPlatform: {
            behaviour: {
                down: boolean;
                latencyMs: number;
                /** @description How often, from 0 to 1. */
                errorRate: number;
                /** @description How often, from 0 to 1. */
                timeoutRate: number;
                /** @description How often, from 0 to 1. */
                resetRate: number;
                /** @description How often, from 0 to 1. */
                duplicateRate: number;
            };
            /** @description Taken for the first time. */
            messages: number;
            /** @description Taken before. */
            duplicates: number;
            /** @description Requests that were no message of ours. */
            refused: number;
            /** @description Failed on purpose. */
            failed: number;
            gaps: {
                orderId: number;
                missing: number[];
            }[];
            /** @description Newest first. */
            latest: {
                webhookId: string;
                type: string;
                orderId: number;
                sequence: number;
                /** @enum {string} */
                arrival: "NEW" | "DUPLICATE" | "AHEAD";
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC.
                 */
                receivedAt: string;
            }[];
        };
        /** @description The method is not allowed here. This path answers to other methods; see the header Allow. */
        MethodNotAllowedProblem: {
            /** @constant */
            type: "/docs/problems/METHOD_NOT_ALLOWED";
            /** @example The method is not allowed here */
            title: string;
            /** @constant */
            status: 405;
            /** @example This path answers to other methods; see the header Allow. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "METHOD_NOT_ALLOWED";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The request took too long to arrive. The request was not complete in time. */
        RequestTimeoutProblem: {
            /** @constant */
            type: "/docs/problems/REQUEST_TIMEOUT";
            /** @example The request took too long to arrive */
            title: string;
            /** @constant */
            status: 408;
            /** @example The request was not complete in time. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "REQUEST_TIMEOUT";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The header fields are too large. The request line and the header fields together are too large. */
        HeadersTooLargeProblem: {
            /** @constant */
            type: "/docs/problems/HEADERS_TOO_LARGE";
            /** @example The header fields are too large */
            title: string;
            /** @constant */
            status: 431;
            /** @example The request line and the header fields together are too large. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "HEADERS_TOO_LARGE";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
        };
        /** @description The URL is too long. Path and query together are longer than the limit, in characters. */
        UriTooLongProblem: {
            /** @constant */
            type: "/docs/problems/URI_TOO_LONG";
            /** @example The URL is too long */
            title: string;
            /** @constant */
            status: 414;
            /** @example Path and query together are longer than the limit, in characters. */
            detail: string;
            /** @example /api/v1/orders */
            instance: string;
            /** @constant */
            code: "URI_TOO_LONG";
            /** @example 5f0c1c9e-6d2b-4a3f-9d1e-0a2b3c4d5e6f */
            requestId: string;
            /** @example 8000 */
            limit: number;
        };
    };
    responses: {
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED), [MALFORMED_JSON](/docs/problems/MALFORMED_JSON), [MALFORMED_REQUEST](/docs/problems/MALFORMED_REQUEST), [OUT_OF_STOCK](/docs/problems/OUT_OF_STOCK), [INSUFFICIENT_BALANCE](/docs/problems/INSUFFICIENT_BALANCE) */
        InsufficientBalanceOrMalformedJsonOrMalformedRequestOrOutOfStockOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"] | components["schemas"]["OutOfStockProblem"] | components["schemas"]["InsufficientBalanceProblem"];
            };
        };
        /** @description [UNAUTHENTICATED](/docs/problems/UNAUTHENTICATED) */
        Unauthenticated: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnauthenticatedProblem"];
            };
        };
        /** @description [PRODUCT_NOT_FOUND](/docs/problems/PRODUCT_NOT_FOUND), [COUPON_NOT_FOUND](/docs/problems/COUPON_NOT_FOUND) */
        CouponNotFoundOrProductNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProductNotFoundProblem"] | components["schemas"]["CouponNotFoundProblem"];
            };
        };
        /** @description [COUPON_NOT_USABLE](/docs/problems/COUPON_NOT_USABLE) */
        CouponNotUsable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponNotUsableProblem"];
            };
        };
        /** @description [SERVICE_BUSY](/docs/problems/SERVICE_BUSY), [DEPENDENCY_UNAVAILABLE](/docs/problems/DEPENDENCY_UNAVAILABLE), [OUTCOME_UNKNOWN](/docs/problems/OUTCOME_UNKNOWN) */
        DependencyUnavailableOrOutcomeUnknownOrServiceBusy: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ServiceBusyProblem"] | components["schemas"]["DependencyUnavailableProblem"] | components["schemas"]["OutcomeUnknownProblem"];
            };
        };
        /** @description [PAYLOAD_TOO_LARGE](/docs/problems/PAYLOAD_TOO_LARGE) */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["PayloadTooLargeProblem"];
            };
        };
        /** @description [UNSUPPORTED_MEDIA_TYPE](/docs/problems/UNSUPPORTED_MEDIA_TYPE) */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UnsupportedMediaTypeProblem"];
            };
        };
        /** @description [IDEMPOTENCY_KEY_REUSED](/docs/problems/IDEMPOTENCY_KEY_REUSED) */
        IdempotencyKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["IdempotencyKeyReusedProblem"];
            };
        };
        /** @description [RATE_LIMITED](/docs/problems/RATE_LIMITED) */
        RateLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RateLimitedProblem"];
            };
        };
        /** @description [INTERNAL_ERROR](/docs/problems/INTERNAL_ERROR) */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["InternalErrorProblem"];
            };
        };
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED), [MALFORMED_JSON](/docs/problems/MALFORMED_JSON), [MALFORMED_REQUEST](/docs/problems/MALFORMED_REQUEST), [INSUFFICIENT_BALANCE](/docs/problems/INSUFFICIENT_BALANCE) */
        InsufficientBalanceOrMalformedJsonOrMalformedRequestOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"] | components["schemas"]["InsufficientBalanceProblem"];
            };
        };
        /** @description [ORDER_NOT_FOUND](/docs/problems/ORDER_NOT_FOUND) */
        OrderNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["OrderNotFoundProblem"];
            };
        };
        /** @description [ORDER_NOT_PAYABLE](/docs/problems/ORDER_NOT_PAYABLE), [AMOUNT_MISMATCH](/docs/problems/AMOUNT_MISMATCH) */
        AmountMismatchOrOrderNotPayable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["OrderNotPayableProblem"] | components["schemas"]["AmountMismatchProblem"];
            };
        };
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED), [MALFORMED_JSON](/docs/problems/MALFORMED_JSON), [MALFORMED_REQUEST](/docs/problems/MALFORMED_REQUEST) */
        MalformedJsonOrMalformedRequestOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /** @description [ORDER_NOT_CANCELLABLE](/docs/problems/ORDER_NOT_CANCELLABLE) */
        OrderNotCancellable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["OrderNotCancellableProblem"];
            };
        };
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED) */
        ValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"];
            };
        };
        /** @description [DEPENDENCY_UNAVAILABLE](/docs/problems/DEPENDENCY_UNAVAILABLE) */
        DependencyUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["DependencyUnavailableProblem"];
            };
        };
        /** @description [COUPON_CAMPAIGN_NOT_FOUND](/docs/problems/COUPON_CAMPAIGN_NOT_FOUND) */
        CouponCampaignNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponCampaignNotFoundProblem"];
            };
        };
        /** @description [COUPON_CAMPAIGN_NOT_ACTIVE](/docs/problems/COUPON_CAMPAIGN_NOT_ACTIVE), [COUPON_EXHAUSTED](/docs/problems/COUPON_EXHAUSTED), [COUPON_ALREADY_ISSUED](/docs/problems/COUPON_ALREADY_ISSUED) */
        CouponAlreadyIssuedOrCouponCampaignNotActiveOrCouponExhausted: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponCampaignNotActiveProblem"] | components["schemas"]["CouponExhaustedProblem"] | components["schemas"]["CouponAlreadyIssuedProblem"];
            };
        };
        /** @description [SERVICE_BUSY](/docs/problems/SERVICE_BUSY), [DEPENDENCY_UNAVAILABLE](/docs/problems/DEPENDENCY_UNAVAILABLE) */
        DependencyUnavailableOrServiceBusy: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ServiceBusyProblem"] | components["schemas"]["DependencyUnavailableProblem"];
            };
        };
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED), [MALFORMED_JSON](/docs/problems/MALFORMED_JSON), [MALFORMED_REQUEST](/docs/problems/MALFORMED_REQUEST), [INVALID_AMOUNT](/docs/problems/INVALID_AMOUNT), [BALANCE_LIMIT_EXCEEDED](/docs/problems/BALANCE_LIMIT_EXCEEDED) */
        BalanceLimitExceededOrInvalidAmountOrMalformedJsonOrMalformedRequestOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"] | components["schemas"]["MalformedJsonProblem"] | components["schemas"]["MalformedRequestProblem"] | components["schemas"]["InvalidAmountProblem"] | components["schemas"]["BalanceLimitExceededProblem"];
            };
        };
        /** @description [PRODUCT_NOT_FOUND](/docs/problems/PRODUCT_NOT_FOUND) */
        ProductNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProductNotFoundProblem"];
            };
        };
        /** @description [FORBIDDEN](/docs/problems/FORBIDDEN) */
        ReviewNotAllowed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ReviewNotAllowedProblem"];
            };
        };
        /** @description [REVIEW_ALREADY_WRITTEN](/docs/problems/REVIEW_ALREADY_WRITTEN) */
        ReviewAlreadyWritten: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ReviewAlreadyWrittenProblem"];
            };
        };
        /** @description [FORBIDDEN](/docs/problems/FORBIDDEN) */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ForbiddenProblem"];
            };
        };
        /** @description [STOCK_LIMIT_EXCEEDED](/docs/problems/STOCK_LIMIT_EXCEEDED) */
        StockLimitExceeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["StockLimitExceededProblem"];
            };
        };
        /** @description [CAMPAIGN_LIMIT_EXCEEDED](/docs/problems/CAMPAIGN_LIMIT_EXCEEDED) */
        CampaignLimitExceeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CampaignLimitExceededProblem"];
            };
        };
        /** @description [COUPON_CAMPAIGN_NOT_ACTIVE](/docs/problems/COUPON_CAMPAIGN_NOT_ACTIVE) */
        CouponCampaignNotActive: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["CouponCampaignNotActiveProblem"];
            };
        };
        /** @description [ROUTE_NOT_FOUND](/docs/problems/ROUTE_NOT_FOUND) */
        RouteNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RouteNotFoundProblem"];
            };
        };
        /** @description [NOT_READY](/docs/problems/NOT_READY) */
        NotReady: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["NotReadyProblem"];
            };
        };
        /** @description [VALIDATION_FAILED](/docs/problems/VALIDATION_FAILED), [MALFORMED_REQUEST](/docs/problems/MALFORMED_REQUEST) */
        MalformedRequestOrValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ValidationFailedProblem"] | components["schemas"]["MalformedRequestProblem"];
            };
        };
        /** @description [METHOD_NOT_ALLOWED](/docs/problems/METHOD_NOT_ALLOWED) */
        MethodNotAllowed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                Allow: components["headers"]["Allow"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["MethodNotAllowedProblem"];
            };
        };
        /** @description [REQUEST_TIMEOUT](/docs/problems/REQUEST_TIMEOUT) */
        RequestTimeout: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["RequestTimeoutProblem"];
            };
        };
        /** @description [HEADERS_TOO_LARGE](/docs/problems/HEADERS_TOO_LARGE) */
        HeadersTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["HeadersTooLargeProblem"];
            };
        };
        /** @description [URI_TOO_LONG](/docs/problems/URI_TOO_LONG) */
        UriTooLong: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["UriTooLongProblem"];
            };
        };
    };
    parameters: {
        /** @description Your own id of this request; one that is not sane is replaced. */
        "X-Request-Id": string;
        /**
         * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
         * @example order-8f14e45f
         */
        "Idempotency-Key": string;
    };
    requestBodies: never;
    headers: {
        /** @description The caller's own, when it sent a sane one, else a fresh one. Logs carry it too. */
        "X-Request-Id": string;
        /** @description Whether, and for how long, the answer may be kept. */
        "Cache-Control": string;
        /** @description There when this is the first answer again. */
        "Idempotency-Replayed": "true";
        /** @description Where the new thing is. */
        Location: string;
        /** @description Names this content; hand it back as `If-None-Match`. */
        ETag: string;
        /** @description What the answer depends on. */
        Vary: string;
        /** @description How the body is compressed. */
        "Content-Encoding": "br" | "gzip";
        /** @description In how many seconds it is worth trying again. */
        "Retry-After": number;
        /** @description How many requests there may be in how many seconds. */
        "RateLimit-Policy": string;
        /** @description How many of them are left. */
        RateLimit: string;
        /** @description The methods that there are. */
        Allow: string;
        /** @description How to authenticate. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listOrders: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your orders, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1001,
                     *           "status": "PENDING",
                     *           "items": [
                     *             {
                     *               "productId": 101,
                     *               "name": "무선 마우스",
                     *               "unitPrice": 25000,
                     *               "quantity": 1,
                     *               "amount": 25000
                     *             }
                     *           ],
                     *           "couponId": null,
                     *           "subtotal": 25000,
                     *           "discount": 0,
                     *           "total": 25000,
                     *           "createdAt": "2024-01-17T00:30:00.000Z",
                     *           "expiresAt": "2024-01-17T00:45:00.000Z",
                     *           "paidAt": null,
                     *           "paymentId": null
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Order"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "items": [
                 *         {
                 *           "productId": 101,
                 *           "quantity": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    items: {
                        /** @example 101 */
                        productId: number;
                        quantity: number;
                    }[];
                    /** @default null */
                    couponId?: number | null;
                };
            };
        };
        responses: {
            /** @description Place an order; its stock and coupon are held until expiresAt */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1001,
                     *       "status": "PENDING",
                     *       "items": [
                     *         {
                     *           "productId": 101,
                     *           "name": "무선 마우스",
                     *           "unitPrice": 25000,
                     *           "quantity": 1,
                     *           "amount": 25000
                     *         }
                     *       ],
                     *       "couponId": null,
                     *       "subtotal": 25000,
                     *       "discount": 0,
                     *       "total": 25000,
                     *       "createdAt": "2024-01-17T00:30:00.000Z",
                     *       "expiresAt": "2024-01-17T00:45:00.000Z",
                     *       "paidAt": null,
                     *       "paymentId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["InsufficientBalanceOrMalformedJsonOrMalformedRequestOrOutOfStockOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["CouponNotFoundOrProductNotFound"];
            409: components["responses"]["CouponNotUsable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    payOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    amount?: number;
                };
            };
        };
        responses: {
            /** @description Pay an order from the wallet */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "paymentId": 2001,
                     *       "orderId": 1001,
                     *       "status": "SUCCESS",
                     *       "amount": 25000,
                     *       "balance": 25000,
                     *       "orderStatus": "COMPLETED"
                     *     }
                     */
                    "application/json": components["schemas"]["Payment"];
                };
            };
            400: components["responses"]["InsufficientBalanceOrMalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["AmountMismatchOrOrderNotPayable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Call an order off; a paid one is refunded */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1001,
                     *       "status": "PENDING",
                     *       "items": [
                     *         {
                     *           "productId": 101,
                     *           "name": "무선 마우스",
                     *           "unitPrice": 25000,
                     *           "quantity": 1,
                     *           "amount": 25000
                     *         }
                     *       ],
                     *       "couponId": null,
                     *       "subtotal": 25000,
                     *       "discount": 0,
                     *       "total": 25000,
                     *       "createdAt": "2024-01-17T00:30:00.000Z",
                     *       "expiresAt": "2024-01-17T00:45:00.000Z",
                     *       "paidAt": null,
                     *       "paymentId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["OrderNotFound"];
            409: components["responses"]["OrderNotCancellable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    readOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of your orders */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1001,
                     *       "status": "PENDING",
                     *       "items": [
                     *         {
                     *           "productId": 101,
                     *           "name": "무선 마우스",
                     *           "unitPrice": 25000,
                     *           "quantity": 1,
                     *           "amount": 25000
                     *         }
                     *       ],
                     *       "couponId": null,
                     *       "subtotal": 25000,
                     *       "discount": 0,
                     *       "total": 25000,
                     *       "createdAt": "2024-01-17T00:30:00.000Z",
                     *       "expiresAt": "2024-01-17T00:45:00.000Z",
                     *       "paidAt": null,
                     *       "paymentId": null
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["OrderNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    listCouponCampaigns: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The coupon campaigns that run now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 501,
                     *           "name": "선착순 10% 할인",
                     *           "discountRate": 10,
                     *           "totalQuantity": 100,
                     *           "remainingQuantity": 37,
                     *           "startsAt": "2024-01-01T00:00:00.000Z",
                     *           "endsAt": "2100-01-01T00:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["CouponCampaign"][];
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    issueCoupon: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Take a coupon: first come, first served, one for each customer */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 3001,
                     *       "couponCampaignId": 501,
                     *       "issueNumber": 1,
                     *       "discountRate": 10,
                     *       "status": "AVAILABLE",
                     *       "issuedAt": "2024-01-17T00:30:00.000Z",
                     *       "expiresAt": "2024-02-16T00:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Coupon"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["CouponCampaignNotFound"];
            409: components["responses"]["CouponAlreadyIssuedOrCouponCampaignNotActiveOrCouponExhausted"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    listCoupons: {
        parameters: {
            query?: {
                status?: "AVAILABLE" | "RESERVED" | "USED" | "EXPIRED";
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your coupons, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 3001,
                     *           "couponCampaignId": 501,
                     *           "issueNumber": 1,
                     *           "discountRate": 10,
                     *           "status": "AVAILABLE",
                     *           "issuedAt": "2024-01-17T00:30:00.000Z",
                     *           "expiresAt": "2024-02-16T00:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Coupon"][];
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The balance of the wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "userId": 1,
                     *       "balance": 50000,
                     *       "updatedAt": "2024-01-17T00:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrServiceBusy"];
        };
    };
    chargeWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "amount": 50000
                 *     }
                 */
                "application/json": {
                    /** @example 50000 */
                    amount: number;
                };
            };
        };
        responses: {
            /** @description Put money into the wallet */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chargeId": 9001,
                     *       "amount": 50000,
                     *       "balance": 50000
                     *     }
                     */
                    "application/json": components["schemas"]["Charge"];
                };
            };
            400: components["responses"]["BalanceLimitExceededOrInvalidAmountOrMalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    listWalletEntries: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ledger of the wallet, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 9002,
                     *           "kind": "PAYMENT",
                     *           "amount": -25000,
                     *           "balanceAfter": 25000,
                     *           "orderId": 1001,
                     *           "createdAt": "2024-01-17T00:30:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["WalletEntry"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                q?: string;
                category?: string;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue, by id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 101,
                     *           "name": "무선 마우스",
                     *           "price": 25000,
                     *           "stock": 50,
                     *           "category": "마우스"
                     *         }
                     *       ],
                     *       "page": 1,
                     *       "size": 1,
                     *       "total": 1
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ShelfProduct"][];
                        page: number;
                        size: number;
                        /** @description How many products there are in all. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One product, with its rating and latest reviews */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 101,
                     *       "name": "무선 마우스",
                     *       "price": 25000,
                     *       "stock": 50,
                     *       "category": "마우스",
                     *       "description": "조용하고 가벼운 무선 마우스입니다.",
                     *       "rating": {
                     *         "average": 5,
                     *         "count": 1
                     *       },
                     *       "reviews": [
                     *         {
                     *           "id": 1,
                     *           "rating": 5,
                     *           "text": "손에 잘 맞아요.",
                     *           "createdAt": "2024-01-17T00:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ProductDetails"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["ProductNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrServiceBusy"];
        };
    };
    listAlternatives: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Products in stock to buy instead, best first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 101,
                     *           "name": "무선 마우스",
                     *           "price": 25000,
                     *           "stock": 50,
                     *           "category": "마우스"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ShelfProduct"][];
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["ProductNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readPopular: {
        parameters: {
            query?: {
                days?: number;
                limit?: number;
                sort?: "quantity" | "revenue";
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The products sold most in the last days, and how they moved since the last count */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2024-01-15",
                     *         "to": "2024-01-17",
                     *         "days": 3
                     *       },
                     *       "sort": "quantity",
                     *       "totalQuantity": 1250,
                     *       "computedAt": "2024-01-17T00:30:00.000Z",
                     *       "items": [
                     *         {
                     *           "rank": 1,
                     *           "previousRank": 2,
                     *           "change": "UP",
                     *           "rankDelta": 1,
                     *           "productId": 103,
                     *           "name": "게이밍 마우스",
                     *           "price": 65000,
                     *           "quantitySold": 150,
                     *           "revenue": 9750000
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Popular"];
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    followPopular: {
        parameters: {
            query?: {
                days?: number;
                limit?: number;
                sort?: "quantity" | "revenue";
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tells when the popular products change, as server-sent events */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrServiceBusy"];
        };
    };
    listReviews: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What buyers say of a product, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "rating": 5,
                     *           "text": "손에 잘 맞아요.",
                     *           "createdAt": "2024-01-17T00:30:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Review"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["ProductNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    writeReview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "rating": 1,
                 *       "text": "무선 마우스"
                 *     }
                 */
                "application/json": {
                    rating: number;
                    text: string;
                };
            };
        };
        responses: {
            /** @description Review a product that you bought, once */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "rating": 5,
                     *       "text": "손에 잘 맞아요.",
                     *       "createdAt": "2024-01-17T00:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Review"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["ReviewNotAllowed"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["ReviewAlreadyWritten"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    listShelves: {
        parameters: {
            query?: {
                page?: number;
                size?: number;
                q?: string;
                category?: string;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The catalogue with all its pieces, by id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 101,
                     *           "name": "무선 마우스",
                     *           "description": "조용하고 가벼운 무선 마우스입니다.",
                     *           "category": "마우스",
                     *           "price": 25000,
                     *           "stock": 42,
                     *           "onHand": 50,
                     *           "reserved": 8
                     *         }
                     *       ],
                     *       "page": 1,
                     *       "size": 1,
                     *       "total": 1
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Shelf"][];
                        page: number;
                        size: number;
                        /** @description How many products there are in all. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    registerProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "무선 마우스",
                 *       "description": "무선 마우스",
                 *       "category": "무선 마우스",
                 *       "price": 1,
                 *       "stock": 1
                 *     }
                 */
                "application/json": {
                    name: string;
                    description: string;
                    category: string;
                    price: number;
                    stock: number;
                };
            };
        };
        responses: {
            /** @description Put a product on sale */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 101,
                     *       "name": "무선 마우스",
                     *       "price": 25000,
                     *       "stock": 50,
                     *       "category": "마우스",
                     *       "description": "조용하고 가벼운 무선 마우스입니다."
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    reviseProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    name?: string;
                    description?: string;
                    category?: string;
                    price?: number;
                };
            };
        };
        responses: {
            /** @description Change a product's texts or price; orders already placed keep theirs */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 101,
                     *       "name": "무선 마우스",
                     *       "price": 25000,
                     *       "stock": 50,
                     *       "category": "마우스",
                     *       "description": "조용하고 가벼운 무선 마우스입니다."
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    restockProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 1
                 *     }
                 */
                "application/json": {
                    quantity: number;
                };
            };
        };
        responses: {
            /** @description Add pieces to the shelf */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 101,
                     *       "stock": 55
                     *     }
                     */
                    "application/json": components["schemas"]["Restocked"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProductNotFound"];
            409: components["responses"]["StockLimitExceeded"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    listCampaigns: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All campaigns, past and coming ones too, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 501,
                     *           "name": "선착순 10% 할인",
                     *           "discountRate": 10,
                     *           "totalQuantity": 100,
                     *           "remainingQuantity": 37,
                     *           "startsAt": "2024-01-01T00:00:00.000Z",
                     *           "endsAt": "2100-01-01T00:00:00.000Z",
                     *           "issuedQuantity": 63,
                     *           "couponValidDays": 30,
                     *           "state": "RUNNING"
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["OperatorCampaign"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    openCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "무선 마우스",
                 *       "discountRate": 1,
                 *       "totalQuantity": 1,
                 *       "startsAt": "2024-01-17T00:30:00Z",
                 *       "endsAt": "2024-01-17T00:30:00Z",
                 *       "couponValidDays": 1
                 *     }
                 */
                "application/json": {
                    name: string;
                    discountRate: number;
                    totalQuantity: number;
                    /** Format: date-time */
                    startsAt: string;
                    /** Format: date-time */
                    endsAt: string;
                    couponValidDays: number;
                };
            };
        };
        responses: {
            /** @description Announce a coupon campaign */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 501,
                     *       "name": "선착순 10% 할인",
                     *       "discountRate": 10,
                     *       "totalQuantity": 100,
                     *       "remainingQuantity": 37,
                     *       "startsAt": "2024-01-01T00:00:00.000Z",
                     *       "endsAt": "2100-01-01T00:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CouponCampaign"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    growCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 1
                 *     }
                 */
                "application/json": {
                    quantity: number;
                };
            };
        };
        responses: {
            /** @description Add coupons to a campaign, also to one that is sold out */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 501,
                     *       "name": "선착순 10% 할인",
                     *       "discountRate": 10,
                     *       "totalQuantity": 100,
                     *       "remainingQuantity": 37,
                     *       "startsAt": "2024-01-01T00:00:00.000Z",
                     *       "endsAt": "2100-01-01T00:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CouponCampaign"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["CouponCampaignNotFound"];
            409: components["responses"]["CampaignLimitExceeded"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    endCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description End a campaign that runs, now; coupons that were given stay good */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 501,
                     *       "name": "선착순 10% 할인",
                     *       "discountRate": 10,
                     *       "totalQuantity": 100,
                     *       "remainingQuantity": 37,
                     *       "startsAt": "2024-01-01T00:00:00.000Z",
                     *       "endsAt": "2100-01-01T00:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["CouponCampaign"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["CouponCampaignNotFound"];
            409: components["responses"]["CouponCampaignNotActive"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                status?: "PENDING" | "DELIVERED" | "FAILED";
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages to the data platform, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 7001,
                     *           "orderId": 1001,
                     *           "type": "jumun.order.completed.v1",
                     *           "status": "FAILED",
                     *           "attempts": 4,
                     *           "lastError": "connection refused",
                     *           "nextAttemptAt": "2024-01-17T00:45:00.000Z",
                     *           "deliveredAt": null
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Delivery"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    replayDeliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
                /**
                 * @description Makes trying again safe: the same key with the same request has one effect and gets the first answer again, for 24 hours. Refusals of the shop are not remembered.
                 * @example order-8f14e45f
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    ids?: number[];
                };
            };
        };
        responses: {
            /** @description Send messages again: those that are named, else all that are FAILED */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "requeued": 3
                     *     }
                     */
                    "application/json": components["schemas"]["Replay"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailableOrOutcomeUnknownOrServiceBusy"];
        };
    };
    searchOrders: {
        parameters: {
            query?: {
                status?: "PENDING" | "COMPLETED" | "CANCELLED" | "EXPIRED";
                userId?: number;
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everybody's orders, newest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1001,
                     *           "status": "COMPLETED",
                     *           "items": [
                     *             {
                     *               "productId": 101,
                     *               "name": "무선 마우스",
                     *               "unitPrice": 25000,
                     *               "quantity": 1,
                     *               "amount": 25000
                     *             }
                     *           ],
                     *           "couponId": null,
                     *           "subtotal": 25000,
                     *           "discount": 0,
                     *           "total": 25000,
                     *           "createdAt": "2024-01-17T00:30:00.000Z",
                     *           "expiresAt": "2024-01-17T00:45:00.000Z",
                     *           "paidAt": "2024-01-17T00:31:00.000Z",
                     *           "paymentId": 2001,
                     *           "userId": 1
                     *         }
                     *       ],
                     *       "nextCursor": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["OperatorOrder"][];
                        /** @description Hand it back as `cursor` to read on; null at the end of the list. */
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readBooks: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything added up, and whether it agrees */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "countedAt": "2024-01-17T00:30:00.000Z",
                     *       "agrees": true,
                     *       "checks": [
                     *         {
                     *           "name": "WALLETS_AND_LEDGER",
                     *           "one": 25000,
                     *           "other": 25000,
                     *           "agrees": true
                     *         }
                     *       ],
                     *       "wallets": {
                     *         "count": 1,
                     *         "balance": 25000
                     *       },
                     *       "ledger": {
                     *         "entries": 2,
                     *         "charged": 50000,
                     *         "paid": -25000,
                     *         "refunded": 0,
                     *         "balance": 25000
                     *       },
                     *       "stock": {
                     *         "products": 1,
                     *         "onHand": 49,
                     *         "held": 0,
                     *         "sold": 1
                     *       },
                     *       "orders": [
                     *         {
                     *           "status": "COMPLETED",
                     *           "count": 1,
                     *           "total": 25000
                     *         }
                     *       ],
                     *       "revenue": 25000,
                     *       "coupons": {
                     *         "campaigns": 1,
                     *         "totalQuantity": 100,
                     *         "issued": 0,
                     *         "available": 0,
                     *         "reserved": 0,
                     *         "used": 0,
                     *         "expired": 0
                     *       },
                     *       "campaigns": [
                     *         {
                     *           "id": 501,
                     *           "name": "선착순 10% 할인",
                     *           "totalQuantity": 100,
                     *           "issued": 0,
                     *           "coupons": {
                     *             "issued": 0,
                     *             "available": 0,
                     *             "reserved": 0,
                     *             "used": 0,
                     *             "expired": 0
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Books"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readOverview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the process that answers does */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "instance": "무선 마우스",
                     *       "startedAt": "2024-01-17T00:30:00Z",
                     *       "now": "2024-01-17T00:30:00Z",
                     *       "accepted": {
                     *         "chargeWallet": 1,
                     *         "placeOrder": 1,
                     *         "payOrder": 1,
                     *         "cancelOrder": 1,
                     *         "issueCoupon": 1
                     *       },
                     *       "desks": [
                     *         {
                     *           "name": "orders",
                     *           "queued": 1,
                     *           "items": 1,
                     *           "batches": 1,
                     *           "refused": 1,
                     *           "retries": 1,
                     *           "splits": 1,
                     *           "batchSize": {
                     *             "bounds": [
                     *               1,
                     *               2,
                     *               5
                     *             ],
                     *             "counts": [
                     *               4,
                     *               1,
                     *               0
                     *             ],
                     *             "count": 6,
                     *             "sum": 16.5,
                     *             "max": 9
                     *           },
                     *           "waitMs": {
                     *             "bounds": [
                     *               1,
                     *               2,
                     *               5
                     *             ],
                     *             "counts": [
                     *               4,
                     *               1,
                     *               0
                     *             ],
                     *             "count": 6,
                     *             "sum": 16.5,
                     *             "max": 9
                     *           },
                     *           "workMs": {
                     *             "bounds": [
                     *               1,
                     *               2,
                     *               5
                     *             ],
                     *             "counts": [
                     *               4,
                     *               1,
                     *               0
                     *             ],
                     *             "count": 6,
                     *             "sum": 16.5,
                     *             "max": 9
                     *           }
                     *         }
                     *       ],
                     *       "requests": {
                     *         "inFlight": 1,
                     *         "tookMs": {
                     *           "bounds": [
                     *             1,
                     *             2,
                     *             5
                     *           ],
                     *           "counts": [
                     *             4,
                     *             1,
                     *             0
                     *           ],
                     *           "count": 6,
                     *           "sum": 16.5,
                     *           "max": 9
                     *         },
                     *         "routes": [
                     *           {
                     *             "route": "무선 마우스",
                     *             "method": "무선 마우스",
                     *             "requests": 1,
                     *             "refused": 1,
                     *             "failed": 1,
                     *             "meanMs": 1,
                     *             "maxMs": 1
                     *           }
                     *         ]
                     *       },
                     *       "connections": 1,
                     *       "malformed": 1,
                     *       "streams": {
                     *         "open": 1,
                     *         "sent": 1,
                     *         "cutOff": 1
                     *       },
                     *       "popular": {
                     *         "version": 1,
                     *         "ahead": 1,
                     *         "memory": 1,
                     *         "stale": 1,
                     *         "waited": 1,
                     *         "cache": 1,
                     *         "database": 1,
                     *         "failures": 1
                     *       },
                     *       "caches": [
                     *         {
                     *           "layer": "무선 마우스",
                     *           "hits": 1,
                     *           "misses": 1,
                     *           "loads": 1,
                     *           "fallbacks": 1
                     *         }
                     *       ],
                     *       "breakers": [
                     *         {
                     *           "name": "무선 마우스",
                     *           "state": "CLOSED",
                     *           "opened": 1
                     *         }
                     *       ],
                     *       "database": {
                     *         "away": 1,
                     *         "replicaFallbacks": 1,
                     *         "committed": 1,
                     *         "failed": 1,
                     *         "reruns": 1,
                     *         "pools": [
                     *           {
                     *             "name": "무선 마우스",
                     *             "used": 1,
                     *             "free": 1,
                     *             "max": 1,
                     *             "waiting": 1
                     *           }
                     *         ]
                     *       },
                     *       "deliveries": {
                     *         "waiting": {
                     *           "pending": 1,
                     *           "failed": 1,
                     *           "oldestAt": "2024-01-17T00:30:00Z"
                     *         },
                     *         "relay": {
                     *           "inFlight": 1,
                     *           "attempts": 1,
                     *           "delivered": 1,
                     *           "retried": 1,
                     *           "failed": 1,
                     *           "refused": 1
                     *         }
                     *       },
                     *       "loop": {
                     *         "activeMs": 1,
                     *         "idleMs": 1,
                     *         "lateMs": {
                     *           "mean": 1,
                     *           "p99": 1,
                     *           "max": 1
                     *         }
                     *       },
                     *       "memoryBytes": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Overview"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    issueDevToken: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userId": 1
                 *     }
                 */
                "application/json": {
                    userId: number;
                    /** @default [] */
                    roles?: string[];
                };
            };
        };
        responses: {
            /** @description A token to try things with; development only */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
                     *     }
                     */
                    "application/json": components["schemas"]["DevToken"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    readDevRush: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far the latest flash sale has come; development only */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "RUNNING",
                     *       "customers": 300,
                     *       "products": 8,
                     *       "seconds": 20,
                     *       "startedAt": "2024-01-17T00:30:00.000Z",
                     *       "finishedAt": null,
                     *       "arrived": 120,
                     *       "gone": 118,
                     *       "campaignId": 1001,
                     *       "tally": {
                     *         "charged": 9400000,
                     *         "spent": 6120000,
                     *         "refunded": 410000,
                     *         "ordersPlaced": 109,
                     *         "ordersPaid": 95,
                     *         "ordersCancelled": 8,
                     *         "ordersRefunded": 7,
                     *         "pieces": 117,
                     *         "coupons": 64,
                     *         "refusals": {
                     *           "OUT_OF_STOCK": 9
                     *         },
                     *         "unanswered": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Rush"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    startDevRush: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @default 300 */
                    customers?: number;
                    /** @default 8 */
                    products?: number;
                    /** @default 20 */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description Play a flash sale of made-up customers against this shop; development only */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "RUNNING",
                     *       "customers": 300,
                     *       "products": 8,
                     *       "seconds": 20,
                     *       "startedAt": "2024-01-17T00:30:00.000Z",
                     *       "finishedAt": null,
                     *       "arrived": 120,
                     *       "gone": 118,
                     *       "campaignId": 1001,
                     *       "tally": {
                     *         "charged": 9400000,
                     *         "spent": 6120000,
                     *         "refunded": 410000,
                     *         "ordersPlaced": 109,
                     *         "ordersPaid": 95,
                     *         "ordersCancelled": 8,
                     *         "ordersRefunded": 7,
                     *         "pieces": 117,
                     *         "coupons": 64,
                     *         "refusals": {
                     *           "OUT_OF_STOCK": 9
                     *         },
                     *         "unanswered": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Rush"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    stopDevRush: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description End the flash sale; its customers finish what they have asked for; development only */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "RUNNING",
                     *       "customers": 300,
                     *       "products": 8,
                     *       "seconds": 20,
                     *       "startedAt": "2024-01-17T00:30:00.000Z",
                     *       "finishedAt": null,
                     *       "arrived": 120,
                     *       "gone": 118,
                     *       "campaignId": 1001,
                     *       "tally": {
                     *         "charged": 9400000,
                     *         "spent": 6120000,
                     *         "refunded": 410000,
                     *         "ordersPlaced": 109,
                     *         "ordersPaid": 95,
                     *         "ordersCancelled": 8,
                     *         "ordersRefunded": 7,
                     *         "pieces": 117,
                     *         "coupons": 64,
                     *         "refusals": {
                     *           "OUT_OF_STOCK": 9
                     *         },
                     *         "unanswered": 0
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Rush"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Is the process alive? */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "alive"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "alive";
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Can it serve requests? */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ready";
                    };
                };
            };
            400: components["responses"]["ValidationFailed"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["NotReady"];
        };
    };
    readProblemPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a problem means, and what to do about it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    readDocument: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "무선 마우스"
                     *     }
                     */
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    readDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page to read this document and try it */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    readDocsAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What that page loads */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/*": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at / */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openPopularPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /popular */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openProductsPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /products */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openProductsIdPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /products/:id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openCartPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /cart */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openOrdersPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /orders */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openOrdersIdPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /orders/:id */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openWalletPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /wallet */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openCouponsPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /coupons */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openAdminPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /admin */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openAdminProductsPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /admin/products */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openAdminCampaignsPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /admin/campaigns */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openAdminOrdersPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /admin/orders */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    openAdminDeliveriesPage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page at /admin/deliveries */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    readPageAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the pages load */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    "Content-Encoding": components["headers"]["Content-Encoding"];
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description What `If-None-Match` names is still so. */
            304: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    ETag: components["headers"]["ETag"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
        };
    };
    readDevPlatform: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the simulated data platform has received; development only */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "behaviour": {
                     *         "down": false,
                     *         "latencyMs": 0,
                     *         "errorRate": 0,
                     *         "timeoutRate": 0,
                     *         "resetRate": 0,
                     *         "duplicateRate": 0
                     *       },
                     *       "messages": 1,
                     *       "duplicates": 0,
                     *       "refused": 0,
                     *       "failed": 0,
                     *       "gaps": [],
                     *       "latest": [
                     *         {
                     *           "webhookId": "order-1001-1",
                     *           "type": "jumun.order.completed.v1",
                     *           "orderId": 1001,
                     *           "sequence": 1,
                     *           "arrival": "NEW",
                     *           "receivedAt": "2024-01-17T00:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SimulatedPlatform"];
                };
            };
            400: components["responses"]["ValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
    changeDevPlatform: {
        parameters: {
            query?: never;
            header?: {
                /** @description Your own id of this request; one that is not sane is replaced. */
                "X-Request-Id"?: components["parameters"]["X-Request-Id"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    down?: boolean;
                    latencyMs?: number;
                    errorRate?: number;
                    timeoutRate?: number;
                    resetRate?: number;
                    duplicateRate?: number;
                };
            };
        };
        responses: {
            /** @description Make the simulated data platform fail, slow or well again; development only */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "behaviour": {
                     *         "down": false,
                     *         "latencyMs": 0,
                     *         "errorRate": 0,
                     *         "timeoutRate": 0,
                     *         "resetRate": 0,
                     *         "duplicateRate": 0
                     *       },
                     *       "messages": 1,
                     *       "duplicates": 0,
                     *       "refused": 0,
                     *       "failed": 0,
                     *       "gaps": [],
                     *       "latest": [
                     *         {
                     *           "webhookId": "order-1001-1",
                     *           "type": "jumun.order.completed.v1",
                     *           "orderId": 1001,
                     *           "sequence": 1,
                     *           "arrival": "NEW",
                     *           "receivedAt": "2024-01-17T00:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SimulatedPlatform"];
                };
            };
            400: components["responses"]["MalformedJsonOrMalformedRequestOrValidationFailed"];
            404: components["responses"]["RouteNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DependencyUnavailable"];
        };
    };
}
