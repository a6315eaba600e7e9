BEGIN TRANSACTION;
CREATE TABLE access_log (
	serial INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT access_log_pk PRIMARY KEY (serial)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE app_user (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	full_name TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	CONSTRAINT app_user_pk PRIMARY KEY (id), 
	CONSTRAINT app_user_name_key UNIQUE (name)
);
CREATE TABLE case_data (
	case_id TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	parent TEXT, 
	kind TEXT NOT NULL, 
	declared TEXT NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT case_data_pk PRIMARY KEY (case_id, scope), 
	CONSTRAINT case_data_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','case',NULL,'case','["age","answer","called","note","people","place","reminded","result","route"]','{"age":30,"note":{"text":"n"},"people":["Ann","Bo","Cy"]}');
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t6*','case','layer','[]','{"1":"Ann"}');
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t10','t6*','layer','["loopCounter","person"]','{"loopCounter":2,"person":"Bo"}');
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t11','t6*','layer','["loopCounter","person"]','{"loopCounter":3,"person":"Cy"}');
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t7','case','layer','["place"]','{"place":"office"}');
INSERT INTO "case_data" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t8.call','case','call','["about","found"]','{"about":"n"}');
CREATE TABLE case_field (
	case_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT case_field_pk PRIMARY KEY (case_id, name), 
	CONSTRAINT case_field_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE case_instance (
	id TEXT NOT NULL, 
	number TEXT NOT NULL, 
	version_id TEXT NOT NULL, 
	process TEXT NOT NULL, 
	title TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	status TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	started_by TEXT NOT NULL, 
	responsible TEXT, 
	ended_at TEXT, 
	revision INTEGER NOT NULL, 
	history_sequence INTEGER NOT NULL, 
	history_hash TEXT NOT NULL, 
	CONSTRAINT case_instance_pk PRIMARY KEY (id), 
	CONSTRAINT case_instance_version_id_fk FOREIGN KEY(version_id) REFERENCES process_version (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT case_instance_number_key UNIQUE (number)
);
INSERT INTO "case_instance" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','2025-000001','93cc13c3e0064210a67355fb5db44d52','referral','Referral','north','active','2025-03-03T12:00:00.000000+00:00','system',NULL,NULL,2,22,'b2afbb5e77f1b56c946da807e2584440f7879d6fd1bdfd65cc7eb2ddc9486072');
CREATE TABLE case_member (
	user_id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	CONSTRAINT case_member_pk PRIMARY KEY (user_id, case_id), 
	CONSTRAINT case_member_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE case_state (
	case_id TEXT NOT NULL, 
	state TEXT NOT NULL, 
	CONSTRAINT case_state_pk PRIMARY KEY (case_id), 
	CONSTRAINT case_state_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "case_state" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','{"format":1,"next":18,"tokens":[{"id":"root","state":32},{"at":"ask","id":"t3","in":"root","own":{"waits":"task"},"state":32},{"at":"rest","id":"t4","in":"root","own":{"timer":{"due":"2025-03-10T12:00:00+00:00","left":0,"repeat":"","round":1,"since":null},"waits":"timer"},"state":32},{"at":"reply","id":"t5","in":"root","own":{"waits":"message"},"state":32},{"at":"each","data":{"inner":"t6*"},"id":"t6","in":"root","own":{"rounds":{"done":1,"total":3}},"state":32},{"at":"visit","data":{"inner":"t7"},"id":"t7","in":"root","own":{"holds":true},"state":32},{"at":"check","calls":"3c5a860d96724e258bbf76875a1238c3","data":{"inner":"t8.call"},"id":"t8","in":"root","own":{"holds":true},"state":32},{"at":"each","data":{"scope":"t10"},"id":"t10","in":"t6","own":{"instance":2,"waits":"task"},"state":32},{"at":"each","data":{"scope":"t11"},"id":"t11","in":"t6","own":{"instance":3,"waits":"task"},"state":32},{"at":"late","id":"t12","in":"t7","own":{"timer":{"due":"2025-03-06T12:00:00+00:00","left":0,"repeat":"","round":1,"since":null},"waits":"timer","watches":true},"state":32},{"at":"look","id":"t16","in":"t8","own":{"waits":"task"},"state":32},{"at":"meet","id":"t17","in":"t7","own":{"waits":"task"},"state":32}]}');
CREATE TABLE counter (
	name TEXT NOT NULL, 
	last BIGINT NOT NULL, 
	CONSTRAINT counter_pk PRIMARY KEY (name)
);
INSERT INTO "counter" VALUES('case-number:2025',1);
CREATE TABLE delivery (
	serial INTEGER NOT NULL, 
	message_id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	token TEXT NOT NULL, 
	finished_at TEXT, 
	CONSTRAINT delivery_pk PRIMARY KEY (serial), 
	CONSTRAINT delivery_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT delivery_message_id_fk FOREIGN KEY(message_id) REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT delivery_message_id_case_id_token_key UNIQUE (message_id, case_id, token)
);
CREATE TABLE form_version (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	files TEXT NOT NULL, 
	deployed_at TEXT NOT NULL, 
	CONSTRAINT form_version_pk PRIMARY KEY (id), 
	CONSTRAINT form_version_key_version_key UNIQUE ("key", version)
);
INSERT INTO "form_version" VALUES('70240152fe7e42fc920fea0a51b24114','note',1,'6f5279e43b0c4d98c572222dcb0ea8ae6a6172917490d5cd416cbb618018d797','{"examples/good.json":"{\"text\": \"x\"}","schema.json":"{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$id\": \"form:note\", \"type\": \"object\", \"additionalProperties\": false, \"required\": [\"text\"], \"properties\": {\"text\": {\"type\": \"string\", \"maxLength\": 200}}}","texts.en.json":"{\"title\": \"Note\", \"submit\": \"OK\", \"fields\": {\"text\": {\"label\": \"Text\"}}}","texts.sv.json":"{\"title\": \"Note\", \"submit\": \"OK\", \"fields\": {\"text\": {\"label\": \"Text\"}}}","ui.json":"{}"}','2025-03-03T12:00:00.000000+00:00');
CREATE TABLE history_event (
	case_id TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	type TEXT NOT NULL, 
	schema INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	element TEXT NOT NULL, 
	version_id TEXT NOT NULL, 
	payload_digest TEXT NOT NULL, 
	previous_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT history_event_pk PRIMARY KEY (case_id, sequence), 
	CONSTRAINT history_event_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',1,'case-started',1,'2025-03-03T12:00:00.000000+00:00','system','','93cc13c3e0064210a67355fb5db44d52','2b19bdb6a3546be741f6a0f05900f2b4c7a27266defc046cf306c3cf3e3396b4','','ce1baa1cdf1a459ad952e2f37e80d5d40de025dfd7ac6de957ba6f5eab77adb2');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',2,'data-changed',1,'2025-03-03T12:00:00.000000+00:00','system','begin','93cc13c3e0064210a67355fb5db44d52','fc68b6d13d75087d331098c5159c910e23152c6cf8aba5910989ad745679829c','ce1baa1cdf1a459ad952e2f37e80d5d40de025dfd7ac6de957ba6f5eab77adb2','d9b1af7e2c7a31259e88abf863a9794442d0d65a393d3fcf6e7efff55017eaec');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',3,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','begin','93cc13c3e0064210a67355fb5db44d52','77bbc6a66312c0c8f5c2d3220e87c603f25aec67a9cc15ffa5d31f5ddba29972','d9b1af7e2c7a31259e88abf863a9794442d0d65a393d3fcf6e7efff55017eaec','41b2633af48db4d8de9f1afc99ea4ae853038efb8cf9b76762f6196570da55f7');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',4,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','fork','93cc13c3e0064210a67355fb5db44d52','f70c3d74f0de6efe1d352d2928cf82d475ac216d031e08ed37581054d0e024a3','41b2633af48db4d8de9f1afc99ea4ae853038efb8cf9b76762f6196570da55f7','fca30731af998472b7fa6305158be8e9ec1972542a815011940c16c9966bfb2c');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',5,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','ask','93cc13c3e0064210a67355fb5db44d52','6346a2a46974fe88ad7111d40f2289c7d0143158ab7876cdad39c6bf8dd1098c','fca30731af998472b7fa6305158be8e9ec1972542a815011940c16c9966bfb2c','64db15c5d3c87cc6536f66795764cd6f539dd445e82fc9b7fff51c14874654cd');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',6,'timer-set',1,'2025-03-03T12:00:00.000000+00:00','system','rest','93cc13c3e0064210a67355fb5db44d52','2b3325c526a98c74257a961690b4f3773568a7869819407cb0e52e6e36a4c88d','64db15c5d3c87cc6536f66795764cd6f539dd445e82fc9b7fff51c14874654cd','7371c1169fc0830e18e2e59521e4a7aa926742acb18f2857a567da25ffd3ef22');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',7,'message-awaited',1,'2025-03-03T12:00:00.000000+00:00','system','reply','93cc13c3e0064210a67355fb5db44d52','334765b453ef2a3e2c8397d28ce7311a12b0a6fcc2c1490f6a62e8209374c3f2','7371c1169fc0830e18e2e59521e4a7aa926742acb18f2857a567da25ffd3ef22','7ce668362fe029926205f22d184209e6f15652906aa8b269725630defde2659a');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',8,'element-entered',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','bc4200e88732b3b2cfb49dd87423cf567eede420adab4667f3af711e2849b70e','7ce668362fe029926205f22d184209e6f15652906aa8b269725630defde2659a','d3f2daed60b8375656d0ca723a5658367d945dacb6f027d071f449bc6359f516');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',9,'timer-set',1,'2025-03-03T12:00:00.000000+00:00','system','late','93cc13c3e0064210a67355fb5db44d52','d3fe289bc9ed3778b33d9388f439000f71e3fc194d82016f0ad88d1c68635470','d3f2daed60b8375656d0ca723a5658367d945dacb6f027d071f449bc6359f516','3b597f227ab9cd2416e0c221ad5a1828d762569445cad72b80b8fd3609539af9');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',10,'element-entered',1,'2025-03-03T12:00:00.000000+00:00','system','visit','93cc13c3e0064210a67355fb5db44d52','97b7e41713206d20d478d39972ad0f4f97f60e9cb0662974095318fe800bc75a','3b597f227ab9cd2416e0c221ad5a1828d762569445cad72b80b8fd3609539af9','f3e0ff2079b6884bbf0e039a9407d6ae4ba012b0fb87846ec2f3433f92b51f37');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',11,'element-entered',1,'2025-03-03T12:00:00.000000+00:00','system','check','93cc13c3e0064210a67355fb5db44d52','943c722da0bb0094514792d424809dd98048661c580746f4eafae893aa577f25','f3e0ff2079b6884bbf0e039a9407d6ae4ba012b0fb87846ec2f3433f92b51f37','01d26817260a2857364b6c9419876ed84215162bd007dc4cbd92844339d77fd0');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',12,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','7ae09d898cac8acc6a62db52bfdcc16e161ff1689cb060ee832a666095695c5f','01d26817260a2857364b6c9419876ed84215162bd007dc4cbd92844339d77fd0','63512ddd7273062efbfa97906b40750b15bff0ee1ba1eec11514fe0cd09197dd');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',13,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','9b36d4b60ee1ee18b193cc19f0df09627d83d68ea1cede71820175690279a2a7','63512ddd7273062efbfa97906b40750b15bff0ee1ba1eec11514fe0cd09197dd','1a947c9637e4874eb1493626eb574b68d1655ae3d75a46ca443a0434d412c429');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',14,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','961283840d2256b0d252a61ca62abc4de13fa77d30b662f3bca36dcaa91c680e','1a947c9637e4874eb1493626eb574b68d1655ae3d75a46ca443a0434d412c429','71092fd1c82d372dca02b3e91fdab52fe745dd79fe8f1d405f6dcc4ffea6a0da');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',15,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','v-begin','93cc13c3e0064210a67355fb5db44d52','7a2f7516fbcb4c2f19a14a18b91e87af5868a4fd0769339aec4383d67f816345','71092fd1c82d372dca02b3e91fdab52fe745dd79fe8f1d405f6dcc4ffea6a0da','83f092abbb69d0268a1cbfb70b5fe02fb62378aaaa155c76d66184f60cc7f745');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',16,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','check.begin','93cc13c3e0064210a67355fb5db44d52','bee55a0842cfd1f5486fe30ff8080a7dcfdd7878a11db24929e824ed74d93e2e','83f092abbb69d0268a1cbfb70b5fe02fb62378aaaa155c76d66184f60cc7f745','5e9485e57736038df5fa8e37b467d7b46bfeecb2e80dc5920beb1e231006334a');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',17,'data-changed',1,'2025-03-03T12:00:00.000000+00:00','system','choose','93cc13c3e0064210a67355fb5db44d52','91a6856badde7d7b79b4fe9ad430746523bd647a1a92729b14975ee791e7e226','5e9485e57736038df5fa8e37b467d7b46bfeecb2e80dc5920beb1e231006334a','cf827293e241032356d4ead7aad7a962a904b72845ab53ae2334a3810ffac8aa');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',18,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','choose','93cc13c3e0064210a67355fb5db44d52','9726d03a5bd86a23c39db9e8f13b4de21d37324f3e0757a76b28504fd39b560b','cf827293e241032356d4ead7aad7a962a904b72845ab53ae2334a3810ffac8aa','019cd16003c85091d622f610b75036690bf5404fb7cd26ffa47eba45f19a4336');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',19,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','check.look','93cc13c3e0064210a67355fb5db44d52','df779e1b5cf4c908c69b772d91a91ffd3a966613e778fcc57c12b80ab03b0ff9','019cd16003c85091d622f610b75036690bf5404fb7cd26ffa47eba45f19a4336','4aa04250ba3e3f29a6532e0885564daacefcec5a5c52055d8f75169021d24223');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',20,'task-created',1,'2025-03-03T12:00:00.000000+00:00','system','meet','93cc13c3e0064210a67355fb5db44d52','4594ca866f3683cc46728ad708a8c8c830f8ce2fcdfb79bac42d37c9dd13ac42','4aa04250ba3e3f29a6532e0885564daacefcec5a5c52055d8f75169021d24223','49d404514a192676afb026a5a1088c01a3b14fe36b1fe8731bb777938e5f9507');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',21,'task-completed',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','7c5e99ade0e8a9c17912ee2debea527dc0555d29d4aa23b00d96a1d1e86a88f5','49d404514a192676afb026a5a1088c01a3b14fe36b1fe8731bb777938e5f9507','54028fe7188b1e352682424115fc067e08f87fed3b96c1a163a3058a952ac039');
INSERT INTO "history_event" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',22,'element-completed',1,'2025-03-03T12:00:00.000000+00:00','system','each','93cc13c3e0064210a67355fb5db44d52','b963a1894c1e6b632ad8c2e368e063b6321c2479867b89d80be34fe600d51936','54028fe7188b1e352682424115fc067e08f87fed3b96c1a163a3058a952ac039','b2afbb5e77f1b56c946da807e2584440f7879d6fd1bdfd65cc7eb2ddc9486072');
CREATE TABLE history_payload (
	case_id TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT history_payload_pk PRIMARY KEY (case_id, sequence), 
	CONSTRAINT history_payload_case_id_sequence_fk FOREIGN KEY(case_id, sequence) REFERENCES history_event (case_id, sequence) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',1,'2df454b049843d7553b56739014152fe','{"process":"referral","version":"93cc13c3e0064210a67355fb5db44d52"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',2,'f84fe707f4ac5af1897e5bb732ec340b','{"changes":[{"after":["Ann","Bo","Cy"],"before":null,"path":"people","scope":"case"},{"after":30,"before":null,"path":"age","scope":"case"},{"after":{"text":"n"},"before":null,"path":"note","scope":"case"}]}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',3,'53c085ad72643d5f7306cbde43652f23','{"flows":["begin-to-fork"],"kind":"startEvent","name":"begin","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',4,'fab9a1748382e3be6470b134140024ce','{"flows":["fork-to-ask","fork-to-rest","fork-to-reply","fork-to-each","fork-to-visit","fork-to-check"],"kind":"parallelGateway","name":"fork","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',5,'c897fe64e562acadaf68f00277ddb4cc','{"groups":["coach"],"kind":"userTask","name":"Ask","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',6,'37dbf2d3d624b397aca9714b45d058e8','{"due":"2025-03-10T12:00:00+00:00","kind":"intermediateCatchEvent","name":"rest","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',7,'b2cdb06df4e7120c2b0cba45d7844a7e','{"kind":"intermediateCatchEvent","message":"reply","name":"reply","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',8,'75b9d14aad0c4ebf7ee4241f3af0ee43','{"kind":"manualTask","name":"Call each","process":"referral","rounds":3}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',9,'954d801b08c3ef95e66b8b3a261b6c10','{"due":"2025-03-06T12:00:00+00:00","kind":"boundaryEvent","name":"late","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',10,'2c72e9f8f36a67c815c1ed2514fc2b13','{"kind":"subProcess","name":"Visit","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',11,'1878c1e7cd59144d09b749164c958ce4','{"calls":"inner","kind":"callActivity","name":"Check","process":"referral","version":"3c5a860d96724e258bbf76875a1238c3"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',12,'f44cde26b41e203cda9f1d740963a3e1','{"groups":["coach"],"kind":"manualTask","loopCounter":1,"name":"Call each","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',13,'b9e3a9d3d2d6210cabd05c255fba2a7e','{"groups":["coach"],"kind":"manualTask","loopCounter":2,"name":"Call each","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',14,'db1d50d29376742bccd2a83c7a23881b','{"groups":["coach"],"kind":"manualTask","loopCounter":3,"name":"Call each","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',15,'f2a4a06a73c7db7b5662de90dcfa642d','{"flows":["v1"],"kind":"startEvent","name":"v-begin","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',16,'85b7a1456f5d7284a329525c7ad14517','{"flows":["f1"],"kind":"startEvent","name":"begin","process":"inner"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',17,'92cb7b1fe3334ae19590cbd0051ffdbb','{"changes":[{"after":"office","before":null,"path":"place","scope":"t7"}]}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',18,'d6ccbfc0c2c3bc4a366bb3eb5e5077f2','{"flows":["v2"],"kind":"scriptTask","name":"choose","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',19,'0f460ba92d4beed64da05698148d8157','{"groups":["coach"],"kind":"manualTask","name":"Look","process":"inner"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',20,'40fd96a2f1e8f4e15ebd35ccd1b6752e','{"groups":["coach"],"kind":"manualTask","name":"Meet","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',21,'5b0ffd896fae17d19c0a2bc31a8df605','{"kind":"manualTask","loopCounter":1,"name":"Call each","process":"referral"}');
INSERT INTO "history_payload" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3',22,'0b629fc0766bd04eb72129486243416c','{"flows":[],"kind":"manualTask","loopCounter":1,"name":"Call each","process":"referral"}');
CREATE TABLE incident (
	serial INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	token TEXT NOT NULL, 
	element TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	message TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	resolved_at TEXT, 
	resolved_by TEXT, 
	CONSTRAINT incident_pk PRIMARY KEY (serial), 
	CONSTRAINT incident_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT incident_id_key UNIQUE (id)
);
CREATE TABLE membership (
	user_id TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	unit TEXT NOT NULL, 
	groups TEXT NOT NULL, 
	manages BOOLEAN NOT NULL, 
	CONSTRAINT membership_pk PRIMARY KEY (user_id, position), 
	CONSTRAINT membership_user_id_fk FOREIGN KEY(user_id) REFERENCES app_user (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE message (
	serial INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	key_hash TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	sent_at TEXT NOT NULL, 
	sent_by TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	CONSTRAINT message_pk PRIMARY KEY (serial), 
	CONSTRAINT message_id_key UNIQUE (id)
);
CREATE TABLE process_version (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	diagram TEXT NOT NULL, 
	compiled TEXT NOT NULL, 
	compiler INTEGER NOT NULL, 
	data_schema TEXT NOT NULL, 
	deployed_at TEXT NOT NULL, 
	deployed_by TEXT NOT NULL, 
	forms TEXT NOT NULL, 
	calls TEXT NOT NULL, 
	decisions TEXT NOT NULL, 
	start_messages TEXT NOT NULL, 
	is_startable BOOLEAN NOT NULL, 
	start_groups TEXT NOT NULL, 
	start_form TEXT, 
	CONSTRAINT process_version_pk PRIMARY KEY (id), 
	CONSTRAINT process_version_key_version_key UNIQUE ("key", version)
);
INSERT INTO "process_version" VALUES('3c5a860d96724e258bbf76875a1238c3','inner',1,'Inner','071e73f3e69f3656cf7079615160c5887e02488c04aeb76934f810987b8368e9','<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" id="d" targetNamespace="urn:example:inner">
  <bpmn:process id="inner" name="Inner" isExecutable="true">
    <bpmn:startEvent id="begin"/><bpmn:manualTask id="look" name="Look" stegvis:groups="coach"/><bpmn:scriptTask id="set"><bpmn:script>{ found: about }</bpmn:script></bpmn:scriptTask><bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="look"/><bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="set"/><bpmn:sequenceFlow id="f3" sourceRef="set" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>','<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:example:inner">
  <bpmn:process id="inner" isExecutable="true" name="Inner">
    <bpmn:startEvent id="begin"></bpmn:startEvent><bpmn:manualTask xmlns:stegvis="urn:stegvis:bpmn:1" id="look" name="Look" stegvis:groups="coach"></bpmn:manualTask><bpmn:scriptTask id="set"><bpmn:script>{ found: about }</bpmn:script></bpmn:scriptTask><bpmn:endEvent id="end"></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="look"></bpmn:sequenceFlow><bpmn:sequenceFlow id="f2" sourceRef="look" targetRef="set"></bpmn:sequenceFlow><bpmn:sequenceFlow id="f3" sourceRef="set" targetRef="end"></bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>',1,'{"document":{"properties":{"about":{"maxLength":200,"type":"string"},"found":{"maxLength":200,"type":"string"}},"type":"object"},"messages":{}}','2025-03-03T12:00:00.000000+00:00','system','{}','{}','{}','[]',0,'[]',NULL);
INSERT INTO "process_version" VALUES('93cc13c3e0064210a67355fb5db44d52','referral',1,'Referral','3a1c9aa9a7e7bde6ce8a24083fdfc54cc19dfea660d7e49ea45a72ef8247da1b','<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:example:referral">
  <bpmn:message id="m" name="reply" stegvis:correlation="= {case: case.id}"/>
  <bpmn:process id="referral" name="Referral" isExecutable="true" stegvis:startable="true">
    <bpmn:startEvent id="begin"/>
    <bpmn:parallelGateway id="fork"/>
    <bpmn:userTask id="ask" name="Ask" stegvis:form="note" stegvis:bind="note" stegvis:groups="coach"/>
    <bpmn:intermediateCatchEvent id="rest"><bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:intermediateCatchEvent id="reply"><bpmn:extensionElements><stegvis:output target="answer" expression="= answer"/></bpmn:extensionElements>
      <bpmn:messageEventDefinition messageRef="m"/></bpmn:intermediateCatchEvent>
    <bpmn:manualTask id="each" name="Call each" stegvis:groups="coach">
      <bpmn:multiInstanceLoopCharacteristics stegvis:collection="= people" stegvis:item="person" stegvis:collect="called" stegvis:collectExpression="= person"/>
    </bpmn:manualTask>
    <bpmn:subProcess id="visit" name="Visit">
      <bpmn:extensionElements><stegvis:local name="place"/></bpmn:extensionElements>
      <bpmn:startEvent id="v-begin"/><bpmn:scriptTask id="choose"><bpmn:script>{ place: "office" }</bpmn:script></bpmn:scriptTask>
      <bpmn:manualTask id="meet" name="Meet" stegvis:groups="coach"/><bpmn:endEvent id="v-end"/>
      <bpmn:sequenceFlow id="v1" sourceRef="v-begin" targetRef="choose"/><bpmn:sequenceFlow id="v2" sourceRef="choose" targetRef="meet"/>
      <bpmn:sequenceFlow id="v3" sourceRef="meet" targetRef="v-end"/>
    </bpmn:subProcess>
    <bpmn:boundaryEvent id="late" attachedToRef="visit" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:scriptTask id="remind"><bpmn:script>{ reminded: true, }</bpmn:script></bpmn:scriptTask><bpmn:endEvent id="reminded"/>
    <bpmn:callActivity id="check" name="Check" calledElement="inner">
      <bpmn:extensionElements><stegvis:input target="about" expression="= note.text"/><stegvis:output target="result" expression="= found"/></bpmn:extensionElements>
    </bpmn:callActivity>
    <bpmn:parallelGateway id="join"/>
    <bpmn:businessRuleTask id="decide" name="Decide" stegvis:decision="route" stegvis:result="route"/>
    <bpmn:exclusiveGateway id="which" default="to-end"/>
    <bpmn:manualTask id="close" name="Close" stegvis:groups="coach"/>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="begin-to-fork" sourceRef="begin" targetRef="fork"/>
    <bpmn:sequenceFlow id="fork-to-ask" sourceRef="fork" targetRef="ask"/>
    <bpmn:sequenceFlow id="fork-to-rest" sourceRef="fork" targetRef="rest"/>
    <bpmn:sequenceFlow id="fork-to-reply" sourceRef="fork" targetRef="reply"/>
    <bpmn:sequenceFlow id="fork-to-each" sourceRef="fork" targetRef="each"/>
    <bpmn:sequenceFlow id="fork-to-visit" sourceRef="fork" targetRef="visit"/>
    <bpmn:sequenceFlow id="fork-to-check" sourceRef="fork" targetRef="check"/>
    <bpmn:sequenceFlow id="ask-to-join" sourceRef="ask" targetRef="join"/>
    <bpmn:sequenceFlow id="rest-to-join" sourceRef="rest" targetRef="join"/>
    <bpmn:sequenceFlow id="reply-to-join" sourceRef="reply" targetRef="join"/>
    <bpmn:sequenceFlow id="each-to-join" sourceRef="each" targetRef="join"/>
    <bpmn:sequenceFlow id="visit-to-join" sourceRef="visit" targetRef="join"/>
    <bpmn:sequenceFlow id="check-to-join" sourceRef="check" targetRef="join"/>
    <bpmn:sequenceFlow id="late-to-remind" sourceRef="late" targetRef="remind"/>
    <bpmn:sequenceFlow id="remind-to-reminded" sourceRef="remind" targetRef="reminded"/>
    <bpmn:sequenceFlow id="join-to-decide" sourceRef="join" targetRef="decide"/>
    <bpmn:sequenceFlow id="decide-to-which" sourceRef="decide" targetRef="which"/>
    <bpmn:sequenceFlow id="to-close" sourceRef="which" targetRef="close"><bpmn:conditionExpression>= route = "far"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="to-end" sourceRef="which" targetRef="end"/>
    <bpmn:sequenceFlow id="closed" sourceRef="close" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>','<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:example:referral">
  <bpmn:message xmlns:stegvis="urn:stegvis:bpmn:1" id="m" name="reply" stegvis:correlation="= {case: case.id}"></bpmn:message>
  <bpmn:process xmlns:stegvis="urn:stegvis:bpmn:1" id="referral" isExecutable="true" name="Referral" stegvis:startable="true">
    <bpmn:startEvent id="begin"></bpmn:startEvent>
    <bpmn:parallelGateway id="fork"></bpmn:parallelGateway>
    <bpmn:userTask id="ask" name="Ask" stegvis:bind="note" stegvis:form="note" stegvis:groups="coach"></bpmn:userTask>
    <bpmn:intermediateCatchEvent id="rest"><bpmn:timerEventDefinition><bpmn:timeDuration>P7D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:intermediateCatchEvent id="reply"><bpmn:extensionElements><stegvis:output expression="= answer" target="answer"></stegvis:output></bpmn:extensionElements>
      <bpmn:messageEventDefinition messageRef="m"></bpmn:messageEventDefinition></bpmn:intermediateCatchEvent>
    <bpmn:manualTask id="each" name="Call each" stegvis:groups="coach">
      <bpmn:multiInstanceLoopCharacteristics stegvis:collect="called" stegvis:collectExpression="= person" stegvis:collection="= people" stegvis:item="person"></bpmn:multiInstanceLoopCharacteristics>
    </bpmn:manualTask>
    <bpmn:subProcess id="visit" name="Visit">
      <bpmn:extensionElements><stegvis:local name="place"></stegvis:local></bpmn:extensionElements>
      <bpmn:startEvent id="v-begin"></bpmn:startEvent><bpmn:scriptTask id="choose"><bpmn:script>{ place: "office" }</bpmn:script></bpmn:scriptTask>
      <bpmn:manualTask id="meet" name="Meet" stegvis:groups="coach"></bpmn:manualTask><bpmn:endEvent id="v-end"></bpmn:endEvent>
      <bpmn:sequenceFlow id="v1" sourceRef="v-begin" targetRef="choose"></bpmn:sequenceFlow><bpmn:sequenceFlow id="v2" sourceRef="choose" targetRef="meet"></bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="v3" sourceRef="meet" targetRef="v-end"></bpmn:sequenceFlow>
    </bpmn:subProcess>
    <bpmn:boundaryEvent attachedToRef="visit" cancelActivity="false" id="late"><bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:scriptTask id="remind"><bpmn:script>{ reminded: true, }</bpmn:script></bpmn:scriptTask><bpmn:endEvent id="reminded"></bpmn:endEvent>
    <bpmn:callActivity calledElement="inner" id="check" name="Check">
      <bpmn:extensionElements><stegvis:input expression="= note.text" target="about"></stegvis:input><stegvis:output expression="= found" target="result"></stegvis:output></bpmn:extensionElements>
    </bpmn:callActivity>
    <bpmn:parallelGateway id="join"></bpmn:parallelGateway>
    <bpmn:businessRuleTask id="decide" name="Decide" stegvis:decision="route" stegvis:result="route"></bpmn:businessRuleTask>
    <bpmn:exclusiveGateway default="to-end" id="which"></bpmn:exclusiveGateway>
    <bpmn:manualTask id="close" name="Close" stegvis:groups="coach"></bpmn:manualTask>
    <bpmn:endEvent id="end"></bpmn:endEvent>
    <bpmn:sequenceFlow id="begin-to-fork" sourceRef="begin" targetRef="fork"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-ask" sourceRef="fork" targetRef="ask"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-rest" sourceRef="fork" targetRef="rest"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-reply" sourceRef="fork" targetRef="reply"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-each" sourceRef="fork" targetRef="each"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-visit" sourceRef="fork" targetRef="visit"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="fork-to-check" sourceRef="fork" targetRef="check"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="ask-to-join" sourceRef="ask" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="rest-to-join" sourceRef="rest" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="reply-to-join" sourceRef="reply" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="each-to-join" sourceRef="each" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="visit-to-join" sourceRef="visit" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="check-to-join" sourceRef="check" targetRef="join"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="late-to-remind" sourceRef="late" targetRef="remind"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="remind-to-reminded" sourceRef="remind" targetRef="reminded"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="join-to-decide" sourceRef="join" targetRef="decide"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="decide-to-which" sourceRef="decide" targetRef="which"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="to-close" sourceRef="which" targetRef="close"><bpmn:conditionExpression>= route = "far"</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="to-end" sourceRef="which" targetRef="end"></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="closed" sourceRef="close" targetRef="end"></bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>',1,'{"document":{"properties":{"age":{"type":"number"},"answer":{"maxLength":200,"type":"string"},"called":{"items":{"maxLength":200,"type":"string"},"maxItems":20,"type":"array"},"note":{"anyOf":[{"properties":{"text":{"maxLength":200,"type":"string"}},"type":"object"},{"additionalProperties":false,"properties":{"text":{"maxLength":200,"type":"string"}},"required":["text"],"type":"object"}]},"people":{"items":{"maxLength":200,"type":"string"},"maxItems":20,"type":"array"},"place":{"maxLength":200,"type":"string"},"reminded":{"type":"boolean"},"result":{"maxLength":200,"type":"string"},"route":{"maxLength":200,"type":"string"}},"type":"object"},"messages":{}}','2025-03-03T12:00:00.000000+00:00','system','{"note":"70240152fe7e42fc920fea0a51b24114"}','{"inner":"3c5a860d96724e258bbf76875a1238c3"}','{"decisions/route.dmn":"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"route-definitions\" name=\"Route\" namespace=\"urn:example:route\">\n  <inputData id=\"i-age\" name=\"age\"><variable id=\"v-age\" name=\"age\"/></inputData>\n  <inputData id=\"i-answer\" name=\"answer\"><variable id=\"v-answer\" name=\"answer\"/></inputData>\n  <decision id=\"route\" name=\"in\">\n    <variable id=\"v-route\" name=\"in\" typeRef=\"string\"/>\n    <informationRequirement id=\"r1\"><requiredInput href=\"#i-age\"/></informationRequirement>\n    <informationRequirement id=\"r2\"><requiredDecision href=\"#for\"/></informationRequirement>\n    <decisionTable id=\"t\" hitPolicy=\"FIRST\">\n      <input id=\"c1\" label=\"Age\"><inputExpression id=\"e1\" typeRef=\"number\"><text>age</text></inputExpression></input>\n      <output id=\"o1\" name=\"route\" typeRef=\"string\"><outputValues><text>\"near\",\"far\"</text></outputValues></output>\n      <rule id=\"u1\"><inputEntry id=\"u1i\"><text>&lt; 18</text></inputEntry><outputEntry id=\"u1o\"><text>\"near\"</text></outputEntry></rule>\n      <rule id=\"u2\"><inputEntry id=\"u2i\"><text>-</text></inputEntry><outputEntry id=\"u2o\"><text>\"far\"</text></outputEntry></rule>\n    </decisionTable>\n  </decision>\n  <decision id=\"for\" name=\"for\">\n    <variable id=\"v-for\" name=\"for\" typeRef=\"string\"/>\n    <informationRequirement id=\"r3\"><requiredInput href=\"#i-answer\"/></informationRequirement>\n    <decisionTable id=\"t2\" hitPolicy=\"FIRST\">\n      <input id=\"c2\" label=\"Answer\"><inputExpression id=\"e2\" typeRef=\"string\"><text>answer</text></inputExpression></input>\n      <output id=\"o2\" name=\"for\" typeRef=\"string\"/>\n      <rule id=\"u3\"><inputEntry id=\"u3i\"><text>\"yes\"</text></inputEntry><outputEntry id=\"u3o\"><text>\"a\"</text></outputEntry></rule>\n      <rule id=\"u4\"><inputEntry id=\"u4i\"><text>-</text></inputEntry><outputEntry id=\"u4o\"><text>\"b\"</text></outputEntry></rule>\n    </decisionTable>\n  </decision>\n</definitions>\n"}','[]',1,'[]',NULL);
CREATE TABLE register_entry (
	register TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	content TEXT NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT register_entry_pk PRIMARY KEY (register, "key")
);
CREATE TABLE register_field (
	register TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	CONSTRAINT register_field_pk PRIMARY KEY (register, "key", name), 
	CONSTRAINT register_field_register_key_fk FOREIGN KEY(register, "key") REFERENCES register_entry (register, "key") DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE register_version (
	id TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	digest TEXT NOT NULL, 
	files TEXT NOT NULL, 
	deployed_at TEXT NOT NULL, 
	CONSTRAINT register_version_pk PRIMARY KEY (id), 
	CONSTRAINT register_version_key_version_key UNIQUE ("key", version)
);
CREATE TABLE session (
	id TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	csrf TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	CONSTRAINT session_pk PRIMARY KEY (id)
);
CREATE TABLE start_subscription (
	message_name TEXT NOT NULL, 
	version_id TEXT NOT NULL, 
	CONSTRAINT start_subscription_pk PRIMARY KEY (message_name, version_id), 
	CONSTRAINT start_subscription_version_id_fk FOREIGN KEY(version_id) REFERENCES process_version (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE task_candidate (
	task_id TEXT NOT NULL, 
	candidate_group TEXT NOT NULL, 
	CONSTRAINT task_candidate_pk PRIMARY KEY (task_id, candidate_group), 
	CONSTRAINT task_candidate_task_id_fk FOREIGN KEY(task_id) REFERENCES user_task (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "task_candidate" VALUES('19fe0ed2278e4f2c9efa92f9f3755969','coach');
INSERT INTO "task_candidate" VALUES('07c6b5fc8f25465f8fa1b73df68dce7a','coach');
INSERT INTO "task_candidate" VALUES('5b7fe803e4084745bebb0672c082e303','coach');
INSERT INTO "task_candidate" VALUES('242115777e4e4455afd28ad12e99180c','coach');
INSERT INTO "task_candidate" VALUES('98aae8130e2942649b1385b9bba254e8','coach');
INSERT INTO "task_candidate" VALUES('fd0eb701f5e644a38a22df71ecbfeaf0','coach');
CREATE TABLE task_draft (
	task_id TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	content TEXT NOT NULL, 
	base_sequence INTEGER NOT NULL, 
	saved_at TEXT NOT NULL, 
	CONSTRAINT task_draft_pk PRIMARY KEY (task_id, user_id), 
	CONSTRAINT task_draft_task_id_fk FOREIGN KEY(task_id) REFERENCES user_task (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE unit (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT unit_pk PRIMARY KEY (id)
);
INSERT INTO "unit" VALUES('north','Norr');
CREATE TABLE user_task (
	serial INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	case_id TEXT NOT NULL, 
	token TEXT NOT NULL, 
	element TEXT NOT NULL, 
	path TEXT NOT NULL, 
	name TEXT NOT NULL, 
	process TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	form_version_id TEXT, 
	bind TEXT NOT NULL, 
	candidate_groups TEXT NOT NULL, 
	not_by TEXT NOT NULL, 
	on_behalf_of TEXT NOT NULL, 
	state TEXT NOT NULL, 
	claimed_by TEXT, 
	due TEXT, 
	due_order TEXT NOT NULL, 
	follow_up TEXT, 
	priority INTEGER NOT NULL, 
	loop_counter INTEGER, 
	revision INTEGER NOT NULL, 
	ended_at TEXT, 
	ended_by TEXT, 
	CONSTRAINT user_task_pk PRIMARY KEY (serial), 
	CONSTRAINT user_task_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT user_task_id_key UNIQUE (id)
);
INSERT INTO "user_task" VALUES(1,'19fe0ed2278e4f2c9efa92f9f3755969','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t3','ask','ask','Ask','referral','north','case','2025-03-03T12:00:00.000000+00:00','70240152fe7e42fc920fea0a51b24114','note','["coach"]','[]','','ready',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,NULL,0,NULL,NULL);
INSERT INTO "user_task" VALUES(2,'07c6b5fc8f25465f8fa1b73df68dce7a','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t9','each','each','Call each','referral','north','t9','2025-03-03T12:00:00.000000+00:00',NULL,'','["coach"]','[]','','completed',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,1,1,'2025-03-03T12:00:00.000000+00:00','system');
INSERT INTO "user_task" VALUES(3,'5b7fe803e4084745bebb0672c082e303','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t10','each','each','Call each','referral','north','t10','2025-03-03T12:00:00.000000+00:00',NULL,'','["coach"]','[]','','ready',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,2,0,NULL,NULL);
INSERT INTO "user_task" VALUES(4,'242115777e4e4455afd28ad12e99180c','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t11','each','each','Call each','referral','north','t11','2025-03-03T12:00:00.000000+00:00',NULL,'','["coach"]','[]','','ready',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,3,0,NULL,NULL);
INSERT INTO "user_task" VALUES(5,'98aae8130e2942649b1385b9bba254e8','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t16','look','check.look','Look','referral','north','t8.call','2025-03-03T12:00:00.000000+00:00',NULL,'','["coach"]','[]','','ready',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,NULL,0,NULL,NULL);
INSERT INTO "user_task" VALUES(6,'fd0eb701f5e644a38a22df71ecbfeaf0','c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t17','meet','meet','Meet','referral','north','t7','2025-03-03T12:00:00.000000+00:00',NULL,'','["coach"]','[]','','ready',NULL,NULL,'9999-12-31T23:59:59.999999+00:00',NULL,50,NULL,0,NULL,NULL);
CREATE TABLE wait (
	case_id TEXT NOT NULL, 
	token TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	element TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	due TEXT, 
	name TEXT NOT NULL, 
	key_hash TEXT NOT NULL, 
	CONSTRAINT wait_pk PRIMARY KEY (case_id, token), 
	CONSTRAINT wait_case_id_fk FOREIGN KEY(case_id) REFERENCES case_instance (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t10','task','each','2025-03-03T12:00:00.000000+00:00',NULL,'','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t11','task','each','2025-03-03T12:00:00.000000+00:00',NULL,'','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t12','timer','late','2025-03-03T12:00:00.000000+00:00','2025-03-06T12:00:00.000000+00:00','','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t16','task','check.look','2025-03-03T12:00:00.000000+00:00',NULL,'','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t17','task','meet','2025-03-03T12:00:00.000000+00:00',NULL,'','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t3','task','ask','2025-03-03T12:00:00.000000+00:00',NULL,'','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t4','timer','rest','2025-03-03T12:00:00.000000+00:00','2025-03-10T12:00:00.000000+00:00','','');
INSERT INTO "wait" VALUES('c8bc9a5b3e9a4c28ae7c75de9fabf0f3','t5','message','reply','2025-03-03T12:00:00.000000+00:00',NULL,'reply','349792ab23fc6adc7b966d20a4f28671e13d9562929a54cd0a14a33a5df2d4b4');
CREATE INDEX case_instance_by_start ON case_instance (started_at, id);
CREATE INDEX case_instance_by_unit ON case_instance (unit, started_at, id);
CREATE INDEX case_member_by_case ON case_member (case_id);
CREATE INDEX user_task_by_case ON user_task (case_id);
CREATE INDEX user_task_by_holder ON user_task (claimed_by, state, due_order, priority DESC, created_at, id);
CREATE INDEX user_task_by_unit ON user_task (unit, state, due_order, priority DESC, created_at, id);
CREATE INDEX wait_by_due ON wait (due, case_id, token) WHERE kind = 'timer';
CREATE INDEX wait_by_message ON wait (name, key_hash) WHERE kind = 'message';
CREATE INDEX message_by_key ON message (name, key_hash);
CREATE INDEX delivery_pending ON delivery (serial) WHERE finished_at IS NULL;
CREATE INDEX incident_by_case ON incident (case_id);
CREATE INDEX incident_open ON incident (opened_at, serial) WHERE state = 'open';
CREATE INDEX access_log_by_subject ON access_log (subject);
CREATE INDEX register_field_by_value ON register_field (register, name, fingerprint);
CREATE TRIGGER history_event_no_update BEFORE UPDATE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_event_no_delete BEFORE DELETE ON history_event
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_event_no_replace BEFORE INSERT ON history_event
WHEN EXISTS (SELECT 1 FROM history_event WHERE case_id = NEW.case_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'this history is stored already'); END;
CREATE TRIGGER history_payload_no_update BEFORE UPDATE ON history_payload
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_payload_no_replace BEFORE INSERT ON history_payload
WHEN EXISTS (SELECT 1 FROM history_payload WHERE case_id = NEW.case_id AND sequence = NEW.sequence)
BEGIN SELECT RAISE(ABORT, 'this history is stored already'); END;
COMMIT;
